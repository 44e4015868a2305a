"""Coping modules: offered, done, practised, and the plan for hard hours that grows from them."""
