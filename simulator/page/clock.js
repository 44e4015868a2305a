// The bar on top: what time it is in the simulated world, and the buttons that move it.
import { post } from "/page/post.js";

const ZONE = "Asia/Jakarta";
const days = new Intl.DateTimeFormat("id-ID", {
  timeZone: ZONE, weekday: "long", day: "numeric", month: "long", year: "numeric",
});
const times = new Intl.DateTimeFormat("id-ID", {
  timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

export const dayOf = (iso) => days.format(new Date(iso));
export const timeOf = (iso) => times.format(new Date(iso)).replace(":", ".");

const bar = document.querySelector(".top");
const clock = bar.querySelector("[data-clock]");
const progress = bar.querySelector(".progress");
const notice = bar.querySelector(".notice");
const moves = [...bar.querySelectorAll("[data-move]")];
let hiding = 0;

export function showClock({ now, movable, moving, progress: part }) {
  clock.dataset.clock = now;
  clock.dataset.moving = moving;
  clock.querySelector(".time").textContent = timeOf(now);
  clock.querySelector(".day").textContent = `${dayOf(now)} · WIB`;
  for (const button of moves) {
    button.disabled = moving || !movable;
    button.title = movable ? "" : "Jam ini jam sungguhan, jadi tidak bisa dimajukan.";
  }
  progress.hidden = !moving;
  progress.classList.toggle("unknown", part === null);
  progress.firstElementChild.style.width = part === null ? "" : `${Math.round(part * 100)}%`;
}

export function tell(words) {
  notice.textContent = words;
  notice.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { notice.hidden = true; }, 5000);
}

async function move(button) {
  const by = button.dataset.move;
  for (const other of moves) other.disabled = true;
  progress.hidden = false;
  progress.classList.add("unknown");
  const answer = await post("/clock", by === "next" ? { to: "next" } : { minutes: Number(by) });
  if (answer.error) {
    tell(answer.error);
    const shown = await (await fetch("/clock")).json();
    return showClock(shown);
  }
  return showClock(answer);
}

for (const button of moves) button.addEventListener("click", () => move(button));
