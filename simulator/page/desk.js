// The page: listens to the server and keeps every phone on the desk up to date.
import { showClock, tell } from "/page/clock.js";
import { Phone } from "/page/phones.js";

const row = document.querySelector(".phones");
const tabs = document.querySelector(".tabs");
const phones = new Map();
let bot = { name: "Kawan Pulih", username: "", about: "" };
let current = "";

function choose(key) {
  current = key;
  for (const phone of phones.values()) {
    const chosen = phone.key === key;
    phone.element.classList.toggle("current", chosen);
    phone.tab.setAttribute("aria-selected", chosen);
    if (chosen) { phone.toEnd(); phone.tab.scrollIntoView({ block: "nearest", inline: "center" }); }
  }
  if (getComputedStyle(tabs).display !== "none") phones.get(key)?.look();
}

function addTab(phone) {
  phone.tab = document.createElement("button");
  phone.tab.type = "button";
  phone.tab.setAttribute("role", "tab");
  phone.tab.dataset.tab = phone.key;
  phone.tab.append(document.createElement("span"), Object.assign(document.createElement("span"), { className: "badge" }));
  phone.tab.addEventListener("click", () => choose(phone.key));
  tabs.append(phone.tab);
}

function label(phone) {
  if (!phone.tab) return;
  const { name, role } = phone.facts;
  phone.tab.firstElementChild.textContent = role ? `${name} · ${role}` : name;
  phone.showBadge(phone.tab.lastElementChild);
}

function add(facts) {
  const phone = new Phone(facts, bot, phones.size);
  phones.set(facts.key, phone);
  addTab(phone);
  label(phone);
  row.append(phone.element);
  phone.toEnd();
  if (!phones.has(current)) choose(facts.key);
  document.querySelector(".empty").hidden = true;
  return phone;
}

function everything(event) {
  phones.clear();
  row.replaceChildren();
  tabs.replaceChildren();
  bot = event.bot;
  showClock(event.clock);
  const kept = current;
  for (const facts of event.phones) add(facts);
  if (phones.has(kept)) choose(kept);
  document.querySelector(".empty").hidden = phones.size > 0;
}

function happen(event) {
  if (event.what === "everything") return everything(event);
  if (event.what === "clock") return showClock(event.clock);
  const phone = phones.get(event.phone.key) || add(event.phone);
  switch (event.what) {
    case "message": phone.put(event.message, { live: true }); break;
    case "edited": phone.put(event.message); break;
    case "deleted": phone.remove(event.message); break;
    case "typing": phone.showTyping(); break;
    case "toast": phone.showToast(event.toast); break;
  }
  phone.update(event.phone);
  if (event.what === "message" && current === phone.key && tabs.offsetHeight) phone.look();
  return undefined;
}

document.addEventListener("phone-changed", (event) => label(event.detail));
document.addEventListener("click", (event) => {
  for (const phone of phones.values()) {
    if (!event.target.closest(".composer") || !phone.element.contains(event.target)) phone.openMenu(false);
  }
});

const stream = new EventSource("/stream");
stream.addEventListener("message", (event) => happen(JSON.parse(event.data)));
stream.addEventListener("error", () => tell("Sambungan ke server terputus. Mencoba lagi…"));
