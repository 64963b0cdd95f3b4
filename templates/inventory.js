"use strict";
// Sorts the rows of a table by the column whose heading is clicked.
for (const table of document.querySelectorAll("table")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => sort(table, heads, column));
  });
}

function sort(table, heads, column) {
  const isNumber = heads[column].classList.contains("number");
  const before = heads[column].getAttribute("aria-sort");
  const falls = before ? before === "ascending" : isNumber;
  const value = (row) => row.cells[column].textContent;
  const number = (row) => Number(value(row).replaceAll(",", ""));
  const compare = isNumber
    ? (a, b) => number(a) - number(b)
    : (a, b) => value(a).localeCompare(value(b));
  const rows = [...table.tBodies[0].rows].sort(falls ? (a, b) => compare(b, a) : compare);
  heads.forEach((head) => head.removeAttribute("aria-sort"));
  heads[column].setAttribute("aria-sort", falls ? "descending" : "ascending");
  table.tBodies[0].append(...rows);
}
