"""How somebody is: daily, weekly and monthly, at their own hour."""
