// The views: all workflows, one of them, a job in it, the findings.

const at = (id) => document.getElementById(id);

function choice(label, options, changed, chosen = "") {
  const select = el("select", { "aria-label": label, onchange: () => changed(select.value) }, el("option", { value: "" }, label));
  for (const [value, text] of options) select.append(el("option", { value, selected: value === chosen }, text));
  return select;
}

function searchField(label, changed) {
  return el("input", { type: "search", placeholder: label, "aria-label": label, spellcheck: "false", oninput: (event) => changed(event.target.value) });
}

function figure(number, kind = "") {
  return el(`td.number${kind}${number ? "" : ".zero"}`, {}, count(number));
}

// Workflows ----------------------------------------------------------------------------------

// A short list of workflows with links.
const MOST_NAMED = 4;
function workflowList(numbers) {
  const links = numbers.slice(0, MOST_NAMED).map((number) => INDEX.workflows[number]).map((row) => el("a", { href: fragment("workflow", row.module) }, shown(row.title)));
  const more = numbers.length > MOST_NAMED && el("span.quiet", {}, `and ${count(numbers.length - MOST_NAMED)} more`);
  return el("span.list", {}, links, more);
}

function startOf(row) {
  return row.startedBy.length ? ["started by ", workflowList(row.startedBy)] : shown(row.clock);
}

const COLUMNS = [
  ["workflow", ".first", (row) => row.title], ["how it starts", "", (row) => row.clock], ["waits for", ".wide", (row) => row.waitsFor.length],
  ["starts", ".wide", (row) => row.starts.length], ["jobs", ".number", (row) => row.jobs], ["translated", ".wide", (row) => row.statuses[0] / row.jobs],
  ["errors", ".number", (row) => row.levels[0]], ["warnings", ".number", (row) => row.levels[1]],
];

const wanted = { text: "", engine: "", status: "", level: "", code: "" };

function isWanted(row) {
  const near = [...row.waitsFor, ...row.startedBy, ...row.starts].map((number) => INDEX.workflows[number].title);
  const text = [row.title, row.path, row.clock, ...near].join(" ").toLowerCase();
  const clean = !row.statuses[1] && !row.statuses[2];
  return (
    wanted.text.toLowerCase().split(/\s+/).every((word) => text.includes(word)) &&
    (!wanted.engine || row.engine === wanted.engine) &&
    (!wanted.status || (wanted.status === "translated" ? clean : row.statuses[INDEX.statuses.indexOf(wanted.status)] > 0)) &&
    (!wanted.level || (wanted.level === "none" ? !row.levels.some(Boolean) : row.levels[INDEX.levels.indexOf(wanted.level)] > 0)) &&
    (!wanted.code || row.codes.includes(wanted.code))
  );
}

function workflowRow(row) {
  const parts = row.statuses.map((number, place) => [["good", "part", "bad"][place], number, WORDS[INDEX.statuses[place]]]);
  return el("tr", {},
    el("td", {}, el("a", { href: fragment("workflow", row.module) }, shown(row.title)), el("small.mono", {}, row.path)),
    el("td", {}, startOf(row)), el("td.wide", {}, workflowList(row.waitsFor)), el("td.wide", {}, workflowList(row.starts)),
    figure(row.jobs), el("td.wide", {}, bar(parts)), figure(row.levels[0]), figure(row.levels[1]));
}

function workflows() {
  const body = el("tbody"), more = el("button.button.more", { type: "button" }), total = el("span.chip");
  const empty = el("p.empty.more", {}, PLACES.length ? "No workflow is like this." : "There is no workflow.");
  let sorted = null;
  const fill = () => {
    const rows = PLACES.filter(isWanted);
    if (sorted) {
      const [, , key] = COLUMNS[sorted.column];
      rows.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) * (sorted.up ? 1 : -1));
    }
    total.textContent = rows.length === PLACES.length ? count(rows.length) : `${count(rows.length)} of ${count(PLACES.length)}`;
    empty.hidden = rows.length > 0;
    growing(rows, workflowRow, body, more);
  };
  const set = (key) => (value) => { wanted[key] = value; fill(); };
  const header = COLUMNS.map(([name, kind], column) => {
    const cell = el(`th${kind}`, { scope: "col" });
    const sort = () => {
      sorted = { column, up: sorted?.column === column ? !sorted.up : column === 0 };
      for (const other of cell.parentNode.children) other.removeAttribute("aria-sort");
      cell.setAttribute("aria-sort", sorted.up ? "ascending" : "descending");
      fill();
    };
    cell.append(el("button", { type: "button", onclick: sort }, name));
    return cell;
  });
  const engines = [...new Set(PLACES.map((row) => row.engine))];
  at("workflows").replaceChildren(
    el("div.head", {}, el("h2", {}, "Workflows ", total), el("div.filters", {},
      searchField("Filter by name, time or neighbour", set("text")),
      engines.length > 1 && choice("Any engine", engines.map((name) => [name, name]), set("engine")),
      choice("Any status", INDEX.statuses.map((word) => [word, word === "translated" ? "all translated" : `some ${WORDS[word]}`]), set("status")),
      choice("Any finding", [...INDEX.levels.map((word) => [word, `with ${word}s`]), ["none", "without findings"]], set("level")),
      INDEX.codes.length > 0 && choice("Any code", INDEX.codes.map((row) => [row.code, `${row.code} ${row.title}`]), set("code")))),
    el("div.panel", {}, scrolled(el("table", {}, el("thead", {}, el("tr", {}, header)), body), "Workflows"), empty, more));
  fill();
}

// The estate ---------------------------------------------------------------------------------

let shownFolder;

// The workflows that wait for one another or start one another; with a `folder`, those in it.
async function showEstate(folder = null) {
  if (shownFolder === folder || INDEX.workflows.length < 2) return;
  shownFolder = folder;
  const { names, pictures } = await unpacked("drawn");
  const [, text] = pictures.find(([name]) => name === folder) ?? pictures[0];
  if (!names.length) return at("estate").replaceChildren(el("p.notice", {}, "No workflow waits for another one or starts another one."));
  const trail = folder === null ? "All workflows" : [el("a", { href: "#" }, "All workflows"), ` › ${folder}`];
  const drawn = names.filter((name) => BY_MODULE.has(name)).length;
  const more = INDEX.workflows.length - drawn;
  at("estate").replaceChildren(
    el("div.head", {}, el("h2", {}, "Who waits for whom")),
    pictured(stage(text, "Drawing of the workflows", workflowNaming(names)), "Drawing of the workflows", trail),
    more > 0 && el("p.notice", {}, `${counted(more, "workflow waits", "workflows wait")} for no other one and start none: see the table.`) || "");
}

// One workflow -------------------------------------------------------------------------------

let current = null;

async function showWorkflow(place, { job, box }) {
  const details = await detailsOf(place);
  const byName = new Map(details.jobs.map((row, number) => [row.name, number]));
  if (current?.place !== place) {
    current = { place, picture: null, panel: el("div"), graph: el("div") };
    at("view").replaceChildren(
      el("div.trail", {}, el("a", { href: "#" }, "Workflows"), ` › ${place.path}`),
      el("div.head", {}, el("h1", { tabindex: "-1" }, shown(place.title)), copyButton(fragment("workflow", place.module))),
      el("div.facts", {}, facts(place).map(([number, words]) => el("span", {}, el("b", {}, number), ` ${words}`))),
      reasons(details), current.graph, current.panel, await neighbours(place), jobTable(place, details));
  }
  const number = byName.get(job);
  const found = details.pictures.find(([name, text]) => (job === undefined ? name === (box ?? null) : text.includes(`data-n="${number}"`)));
  const [name, text] = found ?? details.pictures[0] ?? [null, null];
  if (text && (!current.stage || current.picture !== name)) {
    current.picture = name;
    current.stage = stage(text, `Drawing of ${shown(place.title)}`, jobNaming(place, details));
    current.graph.replaceChildren(picturePanel(place, details, name));
  }
  current.stage?.choose(number);
  current.panel.replaceChildren(number === undefined ? "" : jobPanel(place, details, number, await cutsOf(place)));
  if (job !== undefined && number === undefined) current.panel.replaceChildren(el("p.notice", {}, `No job ${shown(job)} in this workflow.`));
  // The drawing stays in sight above the job.
  return number === undefined ? null : text ? current.graph : current.panel;
}

function facts(place) {
  const rows = [[count(place.jobs), place.jobs === 1 ? "job" : "jobs"]];
  if (!place.apart) rows.push([count(place.boxes), place.boxes === 1 ? "box" : "boxes"], [count(place.edges), "dependencies"], [count(place.watched), "watched"], [count(place.nodes), "nodes"]);
  if (!place.apart) rows.push(["starts", place.start === "workflows" ? "when other workflows start it" : place.clock]);
  for (const plan of place.plans) rows.push(["launch plan", plan]);
  return [...rows, ...(place.folder ? [["folder", place.folder]] : []), ["", place.engine]];
}

function picturePanel(place, details, box) {
  const trail = box === null ? "Whole workflow" : [el("a", { href: fragment("workflow", place.module) }, "Whole workflow"), " › ", link("job", place.module, box)];
  return pictured(current.stage, "Drawing", trail);
}

// Why the units of a workflow stand in it.
function reasons(details) {
  const rows = Object.entries(details.reasons);
  if (!rows.length) return "";
  const list = el("ul.waits"), more = el("button.button.more", { type: "button" });
  growing(rows, ([unit, reason]) => el("li.plain", {}, el("b.mono", {}, shown(unit)), ` ${shown(reason)}`), list, more);
  return el("details.group.panel", { open: rows.length === 1 }, el("summary", {}, el("b", {}, "Why its jobs stand here"), el("span.number", {}, count(rows.length))), el("div.why", {}, list, more));
}

// The workflows around a workflow, and the cuts between them.
async function neighbours(place) {
  const cuts = await cutsOf(place);
  if (!cuts.length) return "";
  const body = el("tbody"), more = el("button.button.more", { type: "button" });
  growing(cuts, (cut) => el("tr", {}, el("td", {}, link("job", cut.workflow.module, cut.job), cut.workflow !== place && el("small", {}, "in ", el("a", { href: fragment("workflow", cut.workflow.module) }, shown(cut.workflow.title)))),
    el("td", {}, chip(cut.starts ? "start" : "wait", cut.starts ? "starts when" : "waits until"), " ", shown(cut.shown)),
    el("td.wide", {}, askedOf(cut)), el("td.wide.mono", {}, `${cut.file}:${cut.line}`)), body, more);
  const parts = [];
  if (place.around) {
    const { names, pictures: [[, text]] } = (await unpacked(place.around[0]))[place.around[1]];
    const drawn = stage(text, "Drawing of the workflows around", workflowNaming(names));
    drawn.choose(0);
    parts.push(pictured(drawn, "Drawing of the workflows around", "Workflows around it"));
  }
  return el("section", {}, el("div.head", {}, el("h2", {}, "Waits and starts between workflows")), parts,
    el("div.panel", {}, scrolled(el("table", {},
      el("thead", {}, el("tr", {}, ["job", "condition"].map((name) => el("th", { scope: "col" }, name)), ["asks about", "source"].map((name) => el("th.wide", { scope: "col" }, name)))), body), "Waits and starts"), more));
}

// The jobs that a cut asks about, with links.
function askedOf(cut) {
  return el("span.list", {}, cut.asks.map(({ job, workflow }) => link("job", workflow.module, job)));
}

function jobTable(place, details) {
  const body = el("tbody"), more = el("button.button.more", { type: "button" });
  const asked = { text: "", status: "", level: "" };
  const fill = () => {
    const rows = details.jobs.filter((job) =>
      job.name.toLowerCase().includes(asked.text.toLowerCase()) && (!asked.status || job.status === asked.status) &&
      (!asked.level || job.findings.some(([, level]) => level === asked.level)));
    growing(rows, (job) => jobRow(place, job), body, more);
  };
  const set = (key) => (value) => { asked[key] = value; fill(); };
  fill();
  return el("section", {}, el("div.head", {}, el("h2", {}, "Jobs"), el("div.filters", {},
    searchField("Filter by name", set("text")),
    choice("Any status", INDEX.statuses.map((word) => [word, WORDS[word]]), set("status")),
    choice("Any finding", INDEX.levels.map((word) => [word, `with ${word}s`]), set("level")))),
  el("div.panel", {}, scrolled(el("table", {},
    el("thead", {}, el("tr", {}, ["job", "status", "findings"].map((name) => el("th", { scope: "col" }, name)), ["box", "source"].map((name) => el("th.wide", { scope: "col" }, name)))), body), "Jobs"), more));
}

// How a job ended in the run that is laid over the drawings.
function runChip({ run }) {
  return run && el(`span.chip.run-${run[0]}`, { title: shown(run[1]) }, `run: ${RUNS[run[0]]}`);
}

function jobRow(place, job) {
  const levels = INDEX.levels.map((level) => [level, job.findings.filter((row) => row[1] === level && !row[6]).length]);
  return el("tr", {},
    el("td", {}, link("job", place.module, job.name), job.kind !== "command" && el("small", {}, job.kind)),
    el("td", {}, chip(job.status, WORDS[job.status]), " ", job.mark && chip(job.mark), " ", runChip(job)),
    el("td", {}, levels.filter(([, number]) => number).map(([level, number]) => [chip(level, counted(number, level)), " "])),
    el("td.wide", {}, job.box !== null && link("job", place.module, job.box)),
    el("td.wide.mono", {}, `${job.file}:${job.line}`));
}

// One job ------------------------------------------------------------------------------------

function jobPanel(place, details, number, cuts) {
  const job = details.jobs[number];
  const names = [...details.jobs.map((row) => row.name), ...details.missing];
  const close = el("a.button", { href: fragment("workflow", place.module), "aria-label": "Close" }, "Close");
  const waits = (title, mine, other) => {
    const rows = details.edges.filter((edge) => edge[mine] === number && edge[other] < names.length);
    if (!rows.length) return null;
    return [el("h3", {}, `${title} (${count(rows.length)})`), el("ul.waits", {}, rows.map((edge) => el("li", {},
      edge[other] < details.jobs.length ? link("job", place.module, names[edge[other]]) : el("span.mono", {}, shown(names[edge[other]]), " ", chip("missing", "not defined")),
      chip(INDEX.asked[edge[2]]))))];
  };
  const inside = details.jobs.filter((row) => row.box === job.name);
  const gates = details.gates.filter(([name, kind]) => name === job.name && kind === "not_before");
  const own = cuts.filter((cut) => cut.workflow === place && cut.job === job.name);
  const looking = cuts.filter((cut) => cut.asks.some((asked) => asked.workflow === place && asked.job === job.name));
  const dependencies = [
    own.map((cut) => [el("h3", {}, cut.starts ? "Starts when" : "Waits until"), el("p", {}, shown(cut.shown), " "), el("p", {}, askedOf(cut))]),
    gates.map(([, , , times]) => [el("h3", {}, "Not before"), el("p", {}, shown(times))]),
    waits("Waits for", 1, 0), waits("Waited for by", 0, 1),
    looking.length > 0 && [el("h3", {}, `Tells (${count(looking.length)})`), el("ul.waits", {}, looking.map((cut) => el("li", {}, link("job", cut.workflow.module, cut.job), chip(cut.starts ? "start" : "wait"))))],
    inside.length > 0 && [el("h3", {}, `Inside (${count(inside.length)})`), el("ul.waits", {}, inside.map((row) => el("li", {}, link("job", place.module, row.name))))],
  ].flat().filter(Boolean);
  return el("section.panel.detail", { id: "job", "aria-label": `Job ${shown(job.name)}` },
    el("header", {}, el("h2", {}, shown(job.name)), chip(job.kind), chip(job.status, WORDS[job.status]), job.mark && chip(job.mark, MARKS[job.mark]), runChip(job),
      job.box !== null && el("span.trail", {}, "in ", link("job", place.module, job.box)),
      el("span.actions", {}, copyButton(fragment("job", place.module, job.name)), close)),
    job.run && el("p.run", {}, `In ${shown(INDEX.overlay)}: ${shown(job.run[1])}`),
    el("div.beside", {},
      listing(`${job.file}:${job.line}`, job.source, marked(job), /\.ya?ml$/.test(job.file) ? "yaml" : "source"),
      listing(place.path, job.emitted, new Map(), "python", place.apart ? "Left out: nothing was made of it." : "It has no code of its own: its jobs stand in the workflow around it.")),
    el("div.below", {},
      el("div", {}, el("h3", {}, job.findings.length ? `Findings (${count(job.findings.length)})` : "Findings"),
        job.findings.length ? job.findings.map(finding) : el("p.empty", {}, place.apart ? ["None about this job alone: see ", el("a", { href: "#findings" }, "all findings"), "."] : "None: equivalent.")),
      el("div", {}, dependencies.length ? dependencies : [el("h3", {}, "Dependencies"), el("p.empty", {}, "None.")])));
}

function finding([code, level, line, column, message, help, accepted, file]) {
  return el("div.finding", {},
    chip(level), " ", el("a.chip.code", { href: `#code=${code}` }, code), " ", el("code", {}, `${file ? `${file}:` : ""}${line}:${column}`),
    accepted && [" ", chip("accepted")], el("p", {}, shown(message)), el("p.help", {}, help), accepted && el("p.help", {}, `Accepted: ${shown(accepted)}`));
}

// The source lines with findings, and the most severe level of each.
function marked(job) {
  const found = new Map();
  for (const [code, level, line, , message, , , file] of job.findings) {
    if (file) continue;
    const before = found.get(line);
    const worse = before && INDEX.levels.indexOf(before.level) <= INDEX.levels.indexOf(level);
    found.set(line, { level: worse ? before.level : level, text: `${before ? `${before.text}\n` : ""}${code}: ${message}` });
  }
  return found;
}

function listing(title, excerpts, marks, language, otherwise = "The source is not at hand.") {
  if (!excerpts.length) return el("div.listing", {}, el("h3", {}, title), el("p", {}, otherwise));
  const lines = [];
  excerpts.forEach(([first, text, path], number) => {
    const before = excerpts[number - 1];
    if (path && path !== before?.[2]) lines.push(el("span.line.gap", { "data-line": "⋮" }, path));
    else if (before && before[0] + before[1].split("\n").length !== first) lines.push(el("span.line.gap", { "data-line": "⋮" }, " "));
    let inside = false;
    text.split("\n").forEach((line, offset) => {
      const quotes = language === "python" && line.split('"""').length === 2;
      const quoted = inside || quotes;
      inside = quotes ? !inside : inside;
      const mark = marks.get(first + offset);
      lines.push(el(`span.line${mark ? `.${mark.level}` : ""}`, { "data-line": first + offset, title: mark && shown(mark.text, "\n") }, quoted ? el("span.string", {}, shown(line, "\t")) : coloured(shown(line, "\t"), language), "\n"));
    });
  });
  return el("div.listing", {}, el("h3", {}, title), el("pre", { tabindex: "0", "aria-label": title }, lines));
}

const TOKENS = {
  python: /(?<comment>#.*$)|(?<string>[rbf]?"""|[rbf]?"(?:[^"\\]|\\.)*"|[rbf]?'(?:[^'\\]|\\.)*')|(?<word>\b(?:def|return|if|not|and|or|import|from|None|True|False|in|is|else)\b|^@\w+)/g,
  source: /(?<comment>\/\*.*?\*\/|^\s*#.*$)|(?<string>"(?:[^"\\]|\\.)*")|(?<key>^\s*[\w.]+(?=\s*[:=])|(?<=\s)job_type(?=:)|^\s*[A-Z][A-Z_-]+(?=\s))/g,
  yaml: /(?<comment>#.*$)|(?<key>^\s*-?\s*[\w.-]+(?=:))|(?<string>"(?:[^"\\]|\\.)*"|'[^']*')/g,
};

function coloured(line, language) {
  const parts = [];
  let end = 0;
  for (const match of line.matchAll(TOKENS[language])) {
    const [kind] = Object.entries(match.groups).find(([, text]) => text !== undefined);
    parts.push(line.slice(end, match.index), el(`span.${kind}`, {}, match[0]));
    end = match.index + match[0].length;
  }
  return [...parts, line.slice(end)];
}

// Findings -----------------------------------------------------------------------------------

function showFindings({ chosen = null, kind = "" }) {
  const asked = { text: "", level: INDEX.levels.includes(kind) ? kind : "" };
  const holder = el("div");
  const fill = () => {
    const rows = INDEX.codes.filter((row) => (!asked.level || row.level === asked.level) && (kind !== "accepted" || row.accepted > 0) &&
      `${row.code} ${row.title} ${row.help}`.toLowerCase().includes(asked.text.toLowerCase()));
    holder.replaceChildren(...rows.map((row) => group(row, row.code === chosen)));
    if (!rows.length) holder.replaceChildren(el("p.empty", {}, INDEX.codes.length ? "No code is like this." : "Nothing was found: all is equivalent."));
  };
  const set = (key) => (value) => { asked[key] = value; fill(); };
  fill();
  at("view").replaceChildren(
    el("div.head", {}, el("h1", { tabindex: "-1" }, kind === "accepted" ? "Accepted findings by code" : "Findings by code"), el("div.filters", {},
      searchField("Filter codes", set("text")), choice("Any level", INDEX.levels.map((word) => [word, `${word}s`]), set("level"), asked.level))), holder);
  return chosen ? at(`code-${chosen}`) : null;
}

function group(row, open) {
  const places = el("div");
  const made = el("details.group.panel", { id: `code-${row.code}`, open },
    el("summary", {}, chip(row.level), chip("code", row.code), el("b", {}, row.title), el("span.number", {}, count(row.count))),
    el("div.why", {}, el("p", {}, row.why), el("p", {}, "What to do: ", row.help), row.accepted > 0 && el("p", {}, `${count(row.accepted)} accepted.`), copyButton(`#code=${row.code}`)), places);
  const fill = async () => {
    if (!made.open || places.firstChild) return;
    const body = el("tbody"), more = el("button.button.more", { type: "button" });
    places.replaceChildren(scrolled(el("table.places", {}, body), `Places of ${row.code}`), more);
    growing(await unpacked(`c${row.code}`), (place) => placeRow(row.level, place), body, more);
  };
  made.addEventListener("toggle", fill);
  fill();
  return made;
}

function placeRow(usual, [, level, line, column, message, , accepted, file, job, module]) {
  return el("tr", {},
    el("td", {}, el("code", {}, `${file}:${line}:${column}`), job !== null && module === null && el("small.mono", {}, shown(job)),
      job !== null && module !== null && el("small", {}, link("job", module, job))),
    el("td", {}, shown(message), accepted && el("small", {}, `accepted: ${shown(accepted)}`)), el("td.wide", {}, level !== usual && chip(level)));
}
