// One phone: its conversation, its text box, and what a passer-by sees on its lock screen.
import { dayOf, tell, timeOf } from "/page/clock.js";
import { bubble, buttonRows, daySeparator } from "/page/messages.js";
import { post } from "/page/post.js";

const TONES = ["#f3d9a4", "#cfe3d8", "#d7dcef", "#f0cfc3", "#e3d8ea", "#d5e6ea"];
const template = document.querySelector("#phone");
const isDeepLink = (link, bot) =>
  new RegExp(`^https?://t\\.me/${bot.username}(\\?start=[\\w-]*)?$`, "i").test(link);

export class Phone {
  constructor(facts, bot, order) {
    this.key = facts.key;
    this.bot = bot;
    this.element = template.content.firstElementChild.cloneNode(true);
    this.element.dataset.phone = facts.key;
    this.element.dataset.role = facts.role;
    this.element.style.setProperty("--tone", TONES[order % TONES.length]);
    this.find(".bot b").textContent = bot.name;
    this.find(".lockscreen .app").textContent = bot.name;
    this.find("textarea").setAttribute("aria-label", `Pesan dari ${facts.name}`);
    this.find(".scroll").setAttribute("aria-label", `Percakapan ${facts.name}`);
    this.find(".block").setAttribute("aria-label", `${facts.name} memblokir bot`);
    this.listen();
    this.update(facts);
    for (const message of facts.messages || []) this.put(message);
    this.toEnd();
  }

  find(selector) { return this.element.querySelector(selector); }

  do(deed, body) {
    return post(`/control/phones/${this.key}/${deed}`, body).then((answer) => {
      if (answer.error) tell(answer.error);
      return answer;
    });
  }

  listen() {
    const box = this.find("textarea");
    this.find(".composer").addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.send(); }
    });
    box.addEventListener("input", () => { box.style.height = ""; box.style.height = `${box.scrollHeight + 2}px`; });
    this.find(".menu").addEventListener("click", () => this.openMenu(this.find(".commands").hidden));
    this.find(".start button").addEventListener("click", () => this.do("start"));
    this.find(".block").addEventListener("change", (event) => this.do(event.target.checked ? "block" : "unblock"));
    this.find(".lockscreen button").addEventListener("click", () => this.hidePreview());
    this.find(".alert button").addEventListener("click", () => { this.find(".alert").hidden = true; });
    this.find(".down").addEventListener("click", () => this.toEnd());
    this.followEnd();
    this.find(".messages").addEventListener("click", (event) => this.follow(event));
    this.find(".screen").addEventListener("pointerdown", () => this.look());
    box.addEventListener("focus", () => this.look());
  }

  // Stay at the end while pictures load and bars open, unless somebody has scrolled up to read.
  followEnd() {
    const area = this.find(".scroll");
    let last = {};
    area.addEventListener("scroll", () => {
      const { scrollTop, scrollHeight, clientHeight } = area;
      const near = scrollHeight - scrollTop - clientHeight < 60;
      const byHand = scrollHeight === last.scrollHeight && clientHeight === last.clientHeight;
      if (near || (byHand && scrollTop < last.scrollTop)) this.atEnd = near;
      last = { scrollTop, scrollHeight, clientHeight };
      if (near) this.find(".down").hidden = true;
    });
    const observer = new ResizeObserver(() => { if (this.atEnd) this.toEnd(); });
    observer.observe(area);
    observer.observe(this.find(".messages"));
  }

  send() {
    const box = this.find("textarea");
    const text = box.value.trim();
    if (!text) return;
    box.value = "";
    box.style.height = "";
    this.do("write", { text });
  }

  look() { if (this.facts.unread) this.do("read"); }

  update(facts) {
    this.facts = facts;
    this.find(".owner b").textContent = facts.name;
    this.find(".owner small").textContent = facts.role;
    this.find(".avatar").textContent = facts.name.slice(0, 1).toUpperCase();
    this.find(".block").checked = facts.blocked;
    this.element.classList.toggle("blocked", facts.blocked);
    this.showBadge(this.find(".badge"));
    this.showStart();
    this.showCommands();
    const keyboard = this.find(".keyboard");
    keyboard.hidden = !facts.keyboard.length || !this.find(".start").hidden;
    keyboard.replaceChildren(...buttonRows(facts.keyboard, (_row, _column, { label }) => this.do("write", { text: label })));
    document.dispatchEvent(new CustomEvent("phone-changed", { detail: this }));
  }

  showBadge(badge) {
    badge.hidden = !this.facts.unread;
    badge.textContent = this.facts.unread;
    badge.setAttribute("aria-label", `${this.facts.unread} belum dibaca`);
  }

  showStart() {
    const { pending, started, blocked } = this.facts;
    const needed = Boolean(pending) || !started || blocked;
    this.find(".start").hidden = !needed;
    this.find(".composer").hidden = needed;
    this.find(".start button").textContent = blocked ? "BUKA BLOKIR & MULAI" : "MULAI";
    this.find(".offer").textContent = pending || (blocked ? "Bot diblokir di HP ini." : "");
    this.find(".offer").hidden = !this.find(".offer").textContent;
    const about = this.find(".about");
    about.hidden = !this.bot.about || Boolean(this.find(".message"));
    about.textContent = this.bot.about;
  }

  showCommands() {
    const list = this.find(".commands");
    this.find(".menu").hidden = !this.facts.commands.length;
    list.replaceChildren(...this.facts.commands.map(({ command, description }) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.append(Object.assign(document.createElement("b"), { textContent: `/${command}` }),
        Object.assign(document.createElement("span"), { textContent: description }));
      button.addEventListener("click", () => { this.openMenu(false); this.do("write", { text: `/${command}` }); });
      item.append(button);
      return item;
    }));
  }

  openMenu(open) {
    this.find(".commands").hidden = !open;
    this.find(".menu").setAttribute("aria-expanded", open);
  }

  put(message, { live = false } = {}) {
    const item = bubble(message, (row, column, button, shown) => this.tap(message, { row, column }, button, shown));
    const old = this.find(`[data-message="${message.id}"]`);
    if (old) return old.replaceWith(item);
    const list = this.find(".messages");
    const day = dayOf(message.at);
    if (this.day !== day) { this.day = day; list.append(daySeparator(day)); }
    list.append(item);
    this.find(".about").hidden = true;
    if (!live) return undefined;
    item.classList.add("new");
    if (this.atEnd || !message.from_bot) this.toEnd(); else this.find(".down").hidden = false;
    if (message.from_bot) { this.showTyping(0); this.showPreview(message); }
    return undefined;
  }

  remove(message) { this.find(`[data-message="${message.id}"]`)?.remove(); }

  tap(message, place, button, shown) {
    if (button.kind === "link" && !isDeepLink(button.url, this.bot)) return window.open(button.url, "_blank", "noopener");
    if (button.kind === "link") return this.do("offer", { link: button.url });
    shown.classList.add("waiting");
    setTimeout(() => shown.classList.remove("waiting"), 8000);
    return this.do("press", { message: message.id, ...place });
  }

  follow(event) {
    const spoiler = event.target.closest("tg-spoiler");
    if (spoiler) spoiler.classList.add("seen");
    const link = event.target.closest(".body a");
    if (!link) return;
    event.preventDefault();
    const command = link.href.match(/^tg:\/\/bot_command\?command=(.+)$/);
    if (command) this.do("write", { text: decodeURIComponent(command[1]) });
    else if (isDeepLink(link.href, this.bot)) this.do("offer", { link: link.href });
    else window.open(link.href, "_blank", "noopener");
  }

  showPreview(message) {
    this.find(".lockscreen .preview").textContent = message.preview;
    this.find(".lockscreen time").textContent = timeOf(message.at);
    this.find(".lockscreen").classList.add("shown");
    clearTimeout(this.hiding);
    this.hiding = setTimeout(() => this.hidePreview(), 12000);
  }

  hidePreview() { this.find(".lockscreen").classList.remove("shown"); }

  showTyping(milliseconds = 5000) {
    this.find(".typing").hidden = !milliseconds;
    clearTimeout(this.typing);
    if (milliseconds) this.typing = setTimeout(() => this.showTyping(0), milliseconds);
    if (this.atEnd) this.toEnd();
  }

  showToast({ text, alert, url }) {
    for (const button of this.element.querySelectorAll(".waiting")) button.classList.remove("waiting");
    if (url) window.open(url, "_blank", "noopener");
    if (!text) return;
    const place = this.find(alert ? ".alert" : ".toast");
    (alert ? place.querySelector("p") : place).textContent = text;
    place.hidden = false;
    if (!alert) setTimeout(() => { place.hidden = true; }, 3500);
  }

  toEnd() {
    const area = this.find(".scroll");
    this.atEnd = true;
    area.scrollTop = area.scrollHeight;
    this.find(".down").hidden = true;
  }
}
