// One message as a bubble with its buttons. The server has already made `html` safe.
import { timeOf } from "/page/clock.js";

const SIZES = new Intl.NumberFormat("id-ID", { maximumFractionDigits: 1 });

function make(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function sizeOf(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${SIZES.format(bytes / 1024)} kB`;
  return `${SIZES.format(bytes / 1024 / 1024)} MB`;
}

function picture(media) {
  const image = make("img", "picture");
  image.src = media.url;
  image.alt = media.kind === "photo" ? "Foto" : "Animasi";
  image.width = media.width;
  image.height = media.height;
  return image;
}

function file(media) {
  if (!media.url) return make("div", "body", media.label);
  const link = make("a", "file");
  link.href = media.url;
  link.download = media.name;
  const words = make("span", "", media.name);
  words.append(make("small", "", `${sizeOf(media.size)} · unduh`));
  link.append(make("i", "", "↓"), words);
  return link;
}

function mediaOf(media) {
  const moving = media.kind === "animation" && /\.(gif|png|webp)$/i.test(media.name);
  return media.url && (media.kind === "photo" || moving) ? picture(media) : file(media);
}

export function buttonRows(rows, tap) {
  return rows.map((row, rowIndex) => {
    const line = make("div", "row");
    row.forEach((button, column) => {
      const shown = make("button", "", button.label);
      shown.type = "button";
      shown.dataset.kind = button.kind;
      shown.addEventListener("click", () => tap(rowIndex, column, button, shown));
      line.append(shown);
    });
    return line;
  });
}

export function bubble(message, tap) {
  const item = make("li", `message ${message.from_bot ? "from-bot" : "mine"}`);
  item.dataset.message = message.id;
  const box = make("div", "bubble");
  if (message.media) box.append(mediaOf(message.media));
  if (message.html) {
    const body = make("div", "body");
    body.innerHTML = message.html;
    box.append(body);
  }
  const marks = [message.edited && "diedit", message.silent && "tanpa suara", timeOf(message.at)];
  box.append(make("span", "meta", marks.filter(Boolean).join(" · ")));
  item.append(box);
  if (message.inline && message.buttons.length) {
    item.classList.add("has-buttons");
    const buttons = make("div", "buttons");
    buttons.append(...buttonRows(message.buttons, tap));
    item.append(buttons);
  }
  return item;
}

export const daySeparator = (day) => {
  const line = make("li", "date", day);
  line.dataset.date = day;
  return line;
};
