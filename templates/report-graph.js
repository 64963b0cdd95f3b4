// A drawing that can be moved and enlarged.

// Scales in units per pixel. At LEGIBLE the smallest text, of 11 units, has 9 pixels.
const LARGEST = 1, LEGIBLE = 11 / 9, STEP = 1.35;

const MOST_LINES = 80;
const FRAME = "rect:not(.behind, .plate)";
const ROOM = 28, LETTER = 7.3, LETTERS = 24;

// Cuts out the middle of a name: beginning and end tell names apart.
function shortened(text, most) {
  const tail = Math.floor((most - 1) / 2);
  return text.length <= most ? text : `${text.slice(0, most - 1 - tail)}…${text.slice(text.length - tail)}`;
}

// Adds its name and a link, if it has one, to a shape. The title also says how its run ended.
function named(shape, { name, href }) {
  const told = shape.dataset.run ? `${shown(name)}: ${shape.dataset.run}` : shown(name);
  const most = Math.max(LETTERS, Math.round((shape.querySelector(FRAME).width.baseVal.value - ROOM) / LETTER));
  const title = svgElement("title", {});
  title.textContent = told;
  const text = shape.querySelector("text");
  text.textContent = shortened(text.textContent || shown(name), most);
  if (!href) return shape.prepend(title);
  const a = svgElement("a", { href, tabindex: "-1", "aria-label": told });
  const isBox = shape.classList.contains("box");
  a.append(title, ...[...shape.children].filter((child) => !isBox || child.tagName === "text"));
  shape.append(a);
}

// The name and link of each number in a drawing of a workflow: jobs, missing jobs, gates.
function jobNaming(place, details) {
  const names = [...details.jobs.map((row) => row.name), ...details.missing];
  return (number, shape) => {
    const gate = details.gates[number - names.length];
    if (gate) return { name: `${gate[0]} ${gate[2]} ${gate[3]}`, href: fragment("job", place.module, gate[0]) };
    if (number >= details.jobs.length) return { name: names[number] };
    return { name: names[number], href: fragment(shape.classList.contains("closed") ? "box" : "job", place.module, names[number]) };
  };
}

// The name and link of each number in a drawing of workflows, which has modules and folders.
function workflowNaming(names) {
  return (number, shape) => {
    const place = BY_MODULE.get(names[number]);
    if (place) return { name: `${place.title} · ${place.clock}`, href: fragment("workflow", place.module) };
    return { name: names[number], href: shape.classList.contains("closed") ? fragment("folder", names[number]) : null };
  };
}

function cornerOf(shape) {
  const { e, f } = shape.transform.baseVal.getItem(0).matrix;
  return [e, f];
}

// A small picture of a whole drawing with a frame around what is seen. It hides while all is seen.
const MAP = { width: 150, height: 90, least: 26 };
function overview(whole, shapes, go) {
  const scale = Math.max(whole.width / MAP.width, whole.height / MAP.height);
  const size = (length) => Math.max(length / scale, MAP.least);
  const picture = svgElement("svg", {
    class: "map", viewBox: `0 0 ${whole.width} ${whole.height}`, preserveAspectRatio: "none",
    width: size(whole.width), height: size(whole.height), "aria-hidden": "true",
  });
  const blocks = [...shapes.values()].filter((shape) => shape.classList.contains("node")).map((shape) => {
    const { width, height } = shape.querySelector(FRAME);
    return `M${cornerOf(shape).join(" ")}h${width.baseVal.value}v${height.baseVal.value}h-${width.baseVal.value}z`;
  });
  const seen = svgElement("rect", { class: "seen" });
  picture.append(svgElement("path", { class: "blocks", d: blocks.join("") }), seen);
  const follow = (event) => {
    if (!event.buttons) return;
    event.preventDefault();
    const box = picture.getBoundingClientRect();
    go(((event.clientX - box.left) * whole.width) / box.width, ((event.clientY - box.top) * whole.height) / box.height);
  };
  picture.addEventListener("pointerdown", follow);
  picture.addEventListener("pointermove", follow);
  return {
    picture,
    show(frame) {
      for (const [key, value] of Object.entries(frame)) seen.setAttribute(key, value);
      const all = frame.x <= 0 && frame.y <= 0 && frame.x + frame.width >= whole.width && frame.y + frame.height >= whole.height;
      picture.classList.toggle("off", all);
    },
  };
}

// The arrow heads of all drawings stand in the page once: ids are unique.
function keepArrows(defs) {
  if (document.getElementById("arrows")) return defs.remove();
  const holder = svgElement("svg", { id: "arrows", class: "graph", width: 0, height: 0, "aria-hidden": "true" });
  holder.append(defs);
  document.body.append(holder);
}

// A drawing; `naming` says name and link of a number.
function stage(text, label, naming) {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  const svg = document.importNode(parsed, true);
  keepArrows(svg.querySelector("defs"));
  const whole = { width: Number(svg.getAttribute("width")), height: Number(svg.getAttribute("height")) };
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  const holder = el("div.stage", { role: "group", tabindex: "0", "aria-label": label, "aria-describedby": "drawing-help" }, svg);
  const shapes = new Map();
  for (const shape of svg.querySelectorAll("g[data-n]")) {
    named(shape, naming(Number(shape.dataset.n), shape));
    shapes.set(Number(shape.dataset.n), shape);
  }
  const lines = [...svg.querySelectorAll(".edge[data-ends]")];
  // Of many lines only those of one shape are legible at a time.
  if (lines.length > MOST_LINES && lines.length > shapes.size) holder.classList.add("dense");
  holder.style.height = `${Math.min(Math.max(whole.height + 8, 130), innerHeight * 0.48, 560)}px`;
  const first = [...shapes.values()].filter((shape) => shape.classList.contains("node")).map(cornerOf).sort((a, b) => a[0] - b[0] || a[1] - b[1])[0];
  const map = overview(whole, shapes, (x, y) => {
    view.x = x - (size.width * view.scale) / 2;
    view.y = y - (size.height * view.scale) / 2;
    show();
  });
  holder.append(map.picture);
  const links = [...svg.querySelectorAll("a")];
  links[0]?.setAttribute("tabindex", "0");
  // Goes to the nearest link in a direction, which is then the one that Tab leads to.
  function step(from, [x, y]) {
    const at = (link) => cornerOf(link.closest("g"));
    const [left, top] = at(from);
    const far = (link) => {
      const [right, down] = [at(link)[0] - left, at(link)[1] - top];
      const along = right * x + down * y;
      return along > 0 ? along + 3 * Math.abs(right * y + down * x) : Infinity;
    };
    const [next] = links.filter((link) => far(link) < Infinity).sort((a, b) => far(a) - far(b));
    next?.focus();
  }
  // The visible corner of the drawing, and its scale in units per pixel.
  const view = { x: 0, y: 0, scale: 1 };
  let size = { width: 1, height: 1 }, wanted = null;

  function show() {
    const seen = { x: view.x, y: view.y, width: size.width * view.scale, height: size.height * view.scale };
    svg.setAttribute("viewBox", Object.values(seen).join(" "));
    map.show(seen);
  }
  // Shows all of it, or as much of its beginning as is legible.
  function fit() {
    const needed = Math.max(whole.width / size.width, whole.height / size.height, LARGEST);
    view.scale = Math.min(needed, LEGIBLE);
    const spare = (key) => whole[key] - size[key] * view.scale;
    view.x = Math.min(0, spare("width") / 2);
    const [, top] = first ?? [0, 0];
    view.y = spare("height") > 0 ? Math.min(Math.max(0, top - (size.height * view.scale) / 2), spare("height")) : spare("height") / 2;
    show();
  }
  function zoom(factor, at = { x: size.width / 2, y: size.height / 2 }) {
    const needed = Math.max(whole.width / size.width, whole.height / size.height, 1);
    const scale = Math.min(Math.max(view.scale * factor, 0.2), needed * 1.6);
    view.x += at.x * (view.scale - scale);
    view.y += at.y * (view.scale - scale);
    view.scale = scale;
    show();
  }
  function move(x, y) {
    view.x -= x * view.scale;
    view.y -= y * view.scale;
    show();
  }
  function middleOf(shape) {
    const [x, y] = cornerOf(shape);
    const box = shape.querySelector(FRAME).getBBox();
    return { x: x + Math.min(box.width, 400) / 2, y: y + Math.min(box.height, 200) / 2 };
  }
  function bring(shape) {
    const { x, y } = middleOf(shape);
    view.scale = Math.min(view.scale, LEGIBLE);
    view.x = x - (size.width * view.scale) / 2;
    view.y = y - (size.height * view.scale) / 2;
    show();
  }
  function isSeen(shape) {
    const { x, y } = middleOf(shape);
    const inside = (at, from, length) => at > from + 40 * view.scale && at < from + (length - 40) * view.scale;
    return view.scale <= LEGIBLE * STEP && inside(x, view.x, size.width) && inside(y, view.y, size.height);
  }
  function choose(job) {
    for (const old of svg.querySelectorAll(".chosen, .near")) old.classList.remove("chosen", "near");
    const shape = shapes.get(job);
    wanted = shape ?? null;
    if (!shape) return;
    shape.classList.add("chosen");
    const number = shape.dataset.n;
    for (const line of lines) {
      if (line.dataset.ends.split(" ").includes(number)) line.classList.add("near");
    }
    if (size.width > 1 && !isSeen(shape)) bring(shape);
  }

  function light(event) {
    const number = event.target.closest("g[data-n]")?.dataset.n;
    for (const line of lines) line.classList.toggle("lit", line.dataset.ends.split(" ").includes(number));
  }
  svg.addEventListener("pointerover", light);
  // Chromium takes an SVG with a listener for focus for a stop of the Tab key.
  holder.addEventListener("focusin", light);

  new ResizeObserver(([entry]) => {
    const first = size.width === 1;
    size = { width: entry.contentRect.width || 1, height: entry.contentRect.height || 1 };
    if (!first) return show();
    fit();
    if (wanted && !isSeen(wanted)) bring(wanted);
  }).observe(holder);

  const place = (event) => {
    const box = svg.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(Math.exp(event.deltaY * (event.ctrlKey ? 0.01 : 0.0016)), place(event));
  }, { passive: false });

  const held = new Map();
  let moved = 0;
  svg.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (!held.size) moved = 0;
    held.set(event.pointerId, place(event));
  });
  svg.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    if (!before) return;
    const now = place(event);
    const [other] = [...held].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    if (other) {
      const apart = (a) => Math.max(8, Math.hypot(a.x - other.x, a.y - other.y));
      zoom(apart(before) / apart(now), other);
    } else {
      move(now.x - before.x, now.y - before.y);
    }
    moved += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    // Captures the pointer while dragging only: otherwise a click would miss its link.
    if (moved > 5 && !svg.hasPointerCapture(event.pointerId)) svg.setPointerCapture(event.pointerId);
    held.set(event.pointerId, now);
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
    svg.addEventListener(end, (event) => held.delete(event.pointerId));
  }
  svg.addEventListener("click", (event) => { if (moved > 5) event.preventDefault(); }, true);
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  holder.addEventListener("focusin", (event) => {
    const shape = event.target.closest("g");
    if (!shape) return;
    for (const link of links) link.setAttribute("tabindex", link === event.target ? "0" : "-1");
    if (event.target.matches(":focus-visible") && !isSeen(shape)) bring(shape);
  });
  holder.addEventListener("keydown", (event) => {
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const way = ways[event.key];
    if (way && event.target !== holder) step(event.target, way);
    else if (way) move(-60 * way[0], -60 * way[1]);
    else if (event.key === "+" || event.key === "=") zoom(1 / STEP);
    else if (event.key === "-") zoom(STEP);
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
  });
  return { holder, choose, fit, larger: () => zoom(1 / STEP), smaller: () => zoom(STEP) };
}

const EDGES = {
  success: "success", end: "any end", failure: "failure", code: "exit code", order: "order only",
  wait: "waits for another workflow", start: "is started by another workflow", tell: "tells another workflow",
};
const RUNS = { failed: "failed", terminated: "terminated", running: "running", succeeded: "succeeded", skipped: "did not run", unknown: "no record" };
const MARKS = { watched: "watched", blocked: "blocked", idle: "does not run", missing: "not defined", gate: "gate", "by-workflows": "started by workflows", "by-hand": "started by hand" };

function sample(kind, text, draw) {
  const svg = svgElement("svg", { class: "graph", viewBox: "0 0 30 14", "aria-hidden": "true" });
  const group = svgElement("g", { class: draw === "rect" ? `node ${kind}` : "" });
  group.append(svgElement(draw, draw === "rect" ? { x: 1, y: 1, width: 28, height: 12, rx: 4 } : { class: `edge ${kind}`, d: "M0 7H30" }));
  svg.append(group);
  return el("span", {}, svg, text);
}

// The legend: the kinds of lines and frames that occur in a drawing.
function legend(holder) {
  const occurs = (selector) => holder.querySelector(selector) !== null;
  const rows = Object.entries(EDGES).filter(([kind]) => occurs(`.edge.${kind}`)).map(([kind, text]) => sample(kind, text, "path"));
  rows.push(...Object.entries(MARKS).filter(([kind]) => occurs(`.node.${kind}, .box.${kind}`)).map(([kind, text]) => sample(kind, text, "rect")));
  const signs = Object.entries(RUNS).filter(([kind]) => occurs(`.run.${kind}`)).map(([kind, text]) => {
    const svg = svgElement("svg", { class: "graph", viewBox: "-15 -10 30 22", "aria-hidden": "true" });
    svg.append(holder.querySelector(`.run.${kind}`).cloneNode(true));
    return el("span", {}, svg, text);
  });
  if (signs.length) rows.push(el("span", {}, `statuses of ${shown(INDEX.overlay)}:`), ...signs);
  return rows.length ? el("div.legend", {}, rows) : null;
}

// A drawing with its tools, below a `trail`.
function pictured({ holder, fit, larger, smaller }, label, trail) {
  const button = (text, name, act) => el("button.button", { type: "button", "aria-label": name, title: name, onclick: act }, text);
  return el("section.panel", { "aria-label": label },
    el("div.tools", {}, el("span.trail", {}, trail), button("+", "Larger", larger), button("−", "Smaller", smaller), button("Fit", "Fit to the window", () => fit())),
    holder, legend(holder));
}
