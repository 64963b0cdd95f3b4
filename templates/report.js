// Chooses the view, and searches all of them.

function parsed(hash) {
  const [, what, rest] = /^#?(\w+)=(.*)$/.exec(hash) ?? [null, hash.replace(/^#/, ""), ""];
  try {
    return { what, parts: rest.split("/").map(decodeURIComponent) };
  } catch {
    return { what: "unknown", parts: [] };
  }
}

// The place of a job, given as `module/name` or as its name.
async function located(parts) {
  if (parts.length > 1 || BY_MODULE.has(parts[0])) return { place: BY_MODULE.get(parts[0]), name: parts[1] };
  const rows = await allNames();
  const number = rows.findIndex((names) => names.includes(parts[0]));
  return { place: PLACES[number], name: parts[0] };
}

const TITLE = document.title;
let turn = 0;

async function route() {
  const mine = ++turn;
  const { what, parts } = parsed(location.hash);
  const inside = ["workflow", "box", "job"].includes(what);
  const { place, name } = inside ? await located(parts) : {};
  if (mine !== turn) return;
  const isList = Object.hasOwn(LISTS, what);
  const isHome = !what || what === "workflows" || what === "folder" || (inside && !place) || !(inside || isList || what === "findings" || what === "code");
  const before = at("view").dataset.shows;
  const shows = isHome ? "home" : place ? place.module : isList ? location.hash : "findings";
  if (shows !== before) window.scrollTo(0, 0);
  let target = null, job, heading = "Findings";
  if (isHome) {
    await showEstate(what === "folder" ? parts[0] : null);
    if (what === "folder" || what === "workflows") target = at(what === "folder" ? "estate" : "workflows");
    else if (what) say("This link leads nowhere in this report");
  } else if (place) {
    job = what === "workflow" || what === "box" ? undefined : name;
    target = await showWorkflow(place, { [what === "box" ? "box" : "job"]: what === "workflow" ? undefined : name });
  } else {
    current = null;
    if (isList) heading = await LISTS[what](parts[0]);
    else target = showFindings(what === "code" ? { chosen: parts[0] } : { kind: parts[0] });
  }
  if (mine !== turn) return;
  at("view").dataset.shows = shows;
  at("home").hidden = !isHome;
  at("view").hidden = isHome;
  document.title = isHome ? TITLE : `${place ? shown(name ?? place.title) : heading} · ${TITLE}`;
  for (const a of document.querySelectorAll("[data-view]")) {
    const on = a.dataset.view === (shows === "findings" ? "findings" : "home");
    if (on) a.setAttribute("aria-current", "page");
    else a.removeAttribute("aria-current");
  }
  const hidden = at("job")?.getBoundingClientRect().top > innerHeight * 0.6;
  if (target && (shows !== before || hidden || what === "workflows")) target.scrollIntoView();
  // A reader without a mouse or a screen goes on at the beginning of the new view.
  if (before !== undefined && shows !== before) document.querySelector(isHome ? "#home h1" : "#view h1").focus({ preventScroll: true });
  if (job !== undefined) announce(`Job ${shown(job)}: its details stand below the drawing`);
}

at("skip").addEventListener("click", (event) => {
  event.preventDefault();
  at("main").focus();
});

// Search -------------------------------------------------------------------------------------

const MOST_HITS = 40;
const field = at("search"), hits = at("hits");
let chosenHit = -1;

async function search() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return closeHits();
  const rows = await allNames();
  const fits = (text) => words.every((word) => text.toLowerCase().includes(word));
  const found = [];
  let total = 0;
  PLACES.forEach((place, number) => {
    if (!place.apart && fits(place.title) && ++total <= MOST_HITS) found.push([fragment("workflow", place.module), place.title, "workflow"]);
    for (const name of rows[number]) {
      if (fits(name) && ++total <= MOST_HITS) found.push([fragment("job", place.module, name), name, place.title]);
    }
  });
  const exact = (row) => row[1].toLowerCase() === words.join(" ");
  found.sort((a, b) => exact(b) - exact(a));
  chosenHit = found.length ? 0 : -1;
  hits.replaceChildren(...found.map(([href, text, about], number) => el("li", { role: "option", id: `hit${number}`, "aria-selected": String(number === 0) },
    el("a", { href, tabindex: "-1", onclick: closeHits }, shown(text), el("small", {}, shown(about))))));
  const note = (text) => hits.append(el("li", { role: "option", "aria-disabled": "true" }, el("p", {}, text)));
  if (!found.length) note("Nothing has such a name.");
  if (total > found.length) note(`and ${count(total - found.length)} more`);
  announce(`${counted(total, "hit")}: arrow keys choose one`);
  hits.hidden = false;
  field.setAttribute("aria-expanded", "true");
}

function closeHits() {
  hits.hidden = true;
  chosenHit = -1;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function chooseHit(step) {
  const options = hits.querySelectorAll("[role=option]:not([aria-disabled])");
  if (!options.length) return;
  chosenHit = (chosenHit + step + options.length) % options.length;
  options.forEach((option, number) => option.setAttribute("aria-selected", String(number === chosenHit)));
  options[chosenHit].scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", `hit${chosenHit}`);
}

field.addEventListener("input", search);
field.addEventListener("focus", search);
field.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown") chooseHit(1);
  else if (event.key === "ArrowUp") chooseHit(-1);
  else if (event.key === "Escape") closeHits();
  else if (event.key === "Enter" && chosenHit >= 0) hits.querySelectorAll("[role=option] a")[chosenHit].click();
  else return;
  event.preventDefault();
});
document.addEventListener("pointerdown", (event) => { if (!event.target.closest(".search")) closeHits(); });
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.closest("input, select, textarea")) return;
  event.preventDefault();
  field.focus();
});

workflows();
addEventListener("hashchange", route);
route();
