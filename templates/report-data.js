// The data of the page: packed parts. The index is unpacked at once, the others on demand.

async function inflate(id) {
  const packed = document.getElementById(id).textContent;
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

const INDEX = await inflate("index");
const LEFT_OUT = INDEX.leftOut.map((row) => ({
  ...row, apart: true,
  module: row.title === null ? "left-out" : `left-out:${row.title}`,
  title: row.title === null ? "Left out" : `Left out of ${row.title}`,
  path: "in no workflow", boxes: 0, edges: 0, watched: 0, nodes: 0, plans: [],
  folder: "", start: "", clock: "", waitsFor: [], startedBy: [], tells: [], starts: [], around: null,
  statuses: [0, 0, row.jobs], levels: [0, 0, 0], codes: [],
}));
const PLACES = [...LEFT_OUT, ...INDEX.workflows];
const BY_MODULE = new Map(PLACES.map((place) => [place.module, place]));
const WORDS = { translated: "translated", partial: "in part", left_out: "left out" };
const MOST_KEPT = 24;
const opened = new Map();

// The unpacked part of that id; the latest ones are kept.
function unpacked(id) {
  const found = opened.get(id) ?? inflate(id);
  opened.delete(id);
  opened.set(id, found);
  if (opened.size > MOST_KEPT) opened.delete(opened.keys().next().value);
  return found;
}

// The details of a workflow, or of jobs that were left out.
async function detailsOf({ place: [part, number] }) {
  return (await unpacked(part))[number];
}

// The cuts of a workflow, and those of other workflows that look at it.
async function cutsOf(place) {
  const number = INDEX.workflows.indexOf(place);
  const rows = (await unpacked("cuts")).map(([workflow, job, starts, shown, text, file, line, asks]) => ({
    workflow: INDEX.workflows[workflow], job, starts, shown, text, file, line,
    asks: asks.map(([name, other]) => ({ job: name, workflow: INDEX.workflows[other] })),
  }));
  return number < 0 ? [] : rows.filter((cut) => cut.workflow === place || cut.asks.some((asked) => asked.workflow === place));
}

// The names of all jobs, by workflow.
let names = null;
async function allNames() {
  names ??= Promise.all([
    inflate("names"),
    ...LEFT_OUT.map(async (place) => (await detailsOf(place)).jobs.map((job) => job.name)),
  ]).then(([rows, ...apart]) => [...apart, ...rows]);
  return names;
}

// Escapes invisible characters, and those that change the direction of text.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;
function shown(text, except = "") {
  return text.replace(UNSEEN, (c) => {
    const code = c.codePointAt(0);
    if (except.includes(c)) return c;
    if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
    return code < 0x10000 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
  });
}

const count = (number) => number.toLocaleString("en");
const counted = (number, word, more = `${word}s`) => `${count(number)} ${number === 1 ? word : more}`;

// Escapes all characters but letters, digits and `_.-~`; replaces lone surrogates.
function escaped(text) {
  const whole = text.replace(/\p{Cs}/gu, "\ufffd");
  return encodeURIComponent(whole).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function fragment(what, module, name) {
  return `#${what}=${escaped(module)}${name === undefined ? "" : `/${escaped(name)}`}`;
}

// An element; text is never parsed as markup.
function el(tag, properties = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const made = document.createElement(name);
  if (classes.length) made.className = classes.join(" ");
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

const chip = (kind, text = kind) => el(`span.chip.${kind}`, {}, text);

function link(what, module, name, text = name) {
  return el("a.mono", { href: fragment(what, module, name) }, shown(text));
}

const SVG = "http://www.w3.org/2000/svg";
function svgElement(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function bar(parts) {
  const total = parts.reduce((sum, [, number]) => sum + number, 0) || 1;
  const label = parts.map(([, number, word]) => `${number} ${word}`).join(", ");
  const svg = svgElement("svg", { class: "bar mini", viewBox: "0 0 1000 8", preserveAspectRatio: "none", role: "img", "aria-label": label });
  let x = 0;
  for (const [kind, number] of parts) {
    const width = (1000 * number) / total;
    svg.append(svgElement("rect", { class: kind, x, width, height: 8 }));
    x += width;
  }
  return svg;
}

// The first rows of a list, and a button for more.
const ROWS = 100;
function growing(rows, make, holder, button) {
  let shownRows = 0;
  const grow = () => {
    holder.append(...rows.slice(shownRows, shownRows + ROWS).map(make));
    shownRows = Math.min(rows.length, shownRows + ROWS);
    button.hidden = shownRows >= rows.length;
    button.textContent = `Show more of ${count(rows.length)}`;
  };
  button.onclick = grow;
  holder.replaceChildren();
  grow();
}

// A table that scrolls sideways, also with the keyboard.
function scrolled(table, label) {
  return el("div.scroll", { tabindex: "0", role: "region", "aria-label": label }, table);
}

// Tells a screen reader; nothing is seen.
function announce(text) {
  document.getElementById("heard").textContent = text;
}

function say(text) {
  const box = document.getElementById("said");
  box.textContent = text;
  box.classList.add("on");
  setTimeout(() => box.classList.remove("on"), 1600);
}

// Some browsers deny the clipboard to local files; the link is in the address bar then.
function copyButton(hash) {
  const copy = async () => {
    const address = new URL(hash, location.href).href;
    try {
      await navigator.clipboard.writeText(address);
      say("Link copied");
    } catch {
      history.replaceState(null, "", hash);
      say("Copy the link from the address bar");
    }
  };
  return el("button.button", { type: "button", onclick: copy }, "Copy link");
}
