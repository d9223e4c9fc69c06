// Lets readers choose what the grid shows: whose actions, when, and how far they are. The page is
// whole without it, so the form is hidden until it works. Nothing is stored or put into the address.

const filter = document.querySelector(".filter");
const grid = document.querySelector(".grid");

function start() {
  const form = filter.querySelector("form");
  form.addEventListener("change", () => show(choices(form)));
  form.querySelector("button").addEventListener("click", () => {
    form.reset();
    show(choices(form));
  });
  filter.hidden = false;
}

// What is chosen; an empty text stands for everything.
function choices(form) {
  return Object.fromEntries(new FormData(form));
}

function show({ person, period, status }) {
  const actions = [...grid.querySelectorAll(".action")];
  for (const action of actions) {
    action.hidden =
      (person && !action.dataset.people.split("\n").includes(person)) ||
      (period && action.parentElement.dataset.period !== period) ||
      (status && !isAt(action, status));
  }
  showColumns(period);
  // Rows without an action are part of the plan, but no answer to a question.
  const asked = person || period || status;
  for (const row of grid.querySelectorAll("tbody, tbody tr:not(.group)")) {
    row.hidden = asked && !row.querySelector(".action:not([hidden])");
  }
  tell(actions.filter((action) => !action.hidden).length, actions.length);
}

// Late is a further choice: a late action has a status as well.
function isAt(action, status) {
  return status === "late" ? "late" in action.dataset : action.dataset.status === status;
}

function showColumns(period) {
  for (const cell of grid.querySelectorAll("[data-period]")) {
    cell.hidden = period && cell.dataset.period !== period;
  }
  const shown = [...grid.tHead.rows[0].cells].filter((cell) => !cell.hidden);
  for (const title of grid.querySelectorAll(".group th")) title.colSpan = shown.length;
}

function tell(shown, total) {
  const { found, none } = filter.dataset;
  const text = shown ? found.replace("{shown}", shown).replace("{total}", total) : none;
  filter.querySelector("[aria-live]").textContent = text;
}

if (filter && grid) start();
