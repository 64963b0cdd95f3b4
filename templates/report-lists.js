// Lists of what the cards count: jobs, dependencies, files, launch plans.

// What each list of jobs holds: a heading, and whether it has a job with these marks.
const JOB_LISTS = {
  "": ["Jobs", () => true],
  translated: ["Jobs: translated", ({ status }) => status === "translated"],
  partial: ["Jobs: in part", ({ status }) => status === "partial"],
  left_out: ["Jobs: left out", ({ status }) => status === "left_out"],
  inside: ["Jobs in workflows", ({ status }) => status !== "left_out"],
  plain: ["Jobs in workflows: plain", ({ status, watched }) => status !== "left_out" && !watched],
  watched: ["Jobs in workflows: watched", ({ watched }) => watched],
};

// All jobs, each with its place, status and whether it is watched.
async function allJobs() {
  const [rows, marks] = await Promise.all([allNames(), unpacked("marks")]);
  return PLACES.flatMap((place, number) => rows[number].map((name, job) => {
    const mark = place.apart ? 2 : Number(marks[number - LEFT_OUT.length][job]);
    return { place, name, status: INDEX.statuses[mark % 3], watched: mark >= 3 };
  }));
}

// A page with a table of rows, which a text filters.
function listPage(heading, columns, rows, textOf, make) {
  const body = el("tbody"), more = el("button.button.more", { type: "button" }), total = el("span.chip");
  const fill = (text) => {
    const words = text.toLowerCase().split(/\s+/);
    const found = rows.filter((row) => words.every((word) => textOf(row).toLowerCase().includes(word)));
    total.textContent = count(found.length);
    growing(found, make, body, more);
  };
  fill("");
  at("view").replaceChildren(
    el("div.trail", {}, el("a", { href: "#" }, "Workflows"), ` › ${heading}`),
    el("div.head", {}, el("h1", { tabindex: "-1" }, `${heading} `, total), el("div.filters", {}, searchField("Filter by name", fill))),
    el("div.panel", {}, scrolled(el("table", {}, el("thead", {}, el("tr", {}, columns.map((name) => el("th", { scope: "col" }, name)))), body), heading),
      !rows.length && el("p.empty.more", {}, "None."), more));
  return heading;
}

async function showJobs(kind) {
  const [heading, holds] = JOB_LISTS[kind] ?? JOB_LISTS[""];
  const rows = (await allJobs()).filter(holds);
  return listPage(heading, ["job", "workflow", "status"], rows, (row) => `${row.name} ${row.place.title}`, ({ place, name, status, watched }) => el("tr", {},
    el("td", {}, link("job", place.module, name)), el("td", {}, el("a", { href: fragment("workflow", place.module) }, shown(place.title))),
    el("td", {}, chip(status, WORDS[status]), " ", watched && chip("watched"))));
}

async function showDependencies(kind) {
  const found = await unpacked("dependencies");
  const rows = INDEX.statuses.filter((status) => !kind || status === kind).flatMap((status) => found[status].map((row) => [...row, status]));
  const end = (name, number) => (number === null ? el("span.mono", {}, shown(name)) : link("job", INDEX.workflows[number].module, name));
  const heading = kind in found ? `Dependencies: ${WORDS[kind]}` : "Dependencies";
  return listPage(heading, ["job", "waits for", "status"], rows, ([up, , down]) => `${up} ${down}`, ([up, upIn, down, downIn, status]) => el("tr", {},
    el("td", {}, end(down, downIn)), el("td", {}, end(up, upIn)), el("td", {}, chip(status, WORDS[status]))));
}

async function showFiles() {
  return listPage("Files read", ["file"], await unpacked("files"), (path) => path, (path) => el("tr", {}, el("td.mono", {}, shown(path))));
}

async function showPlans() {
  const rows = INDEX.workflows.flatMap((place) => place.plans.map((plan) => ({ place, plan })));
  return listPage("Launch plans", ["launch plan", "workflow", "how it starts"], rows, ({ place, plan }) => `${plan} ${place.title}`, ({ place, plan }) => el("tr", {},
    el("td.mono", {}, plan), el("td", {}, el("a", { href: fragment("workflow", place.module) }, shown(place.title))), el("td", {}, startOf(place))));
}

const LISTS = { jobs: showJobs, dependencies: showDependencies, files: showFiles, plans: showPlans };
