// Shows pages in a headless Chromium and tells what is there to be told: what axe finds, what a
// page loads, where it is too wide, where the keyboard leads. Each line on standard input is a job
// (JSON), each line on standard output what was seen (JSON); the browser starts once.
//
//     node browser.mjs CHROMIUM

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import puppeteer from "puppeteer-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// Opens a page as a job wants it; `heard` collects what it loads and what the console says.
async function open(browser, job, heard) {
  const page = await browser.newPage();
  page.on("request", (request) => heard.loaded.push(request.url()));
  page.on("console", (message) => heard.said.push(message.text()));
  page.on("pageerror", (error) => heard.said.push(String(error)));
  await page.setViewport({ width: job.width, height: job.height });
  await page.emulateMediaType(job.media);
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: job.scheme }]);
  if (job.forced_colors) {
    // Not among the features that puppeteer knows by name.
    const session = await page.createCDPSession();
    const features = [{ name: "forced-colors", value: "active" }];
    await session.send("Emulation.setEmulatedMedia", { media: job.media, features });
  }
  await page.setJavaScriptEnabled(job.scripts);
  await page.goto(job.url, { waitUntil: "load" });
  // From here on our own scripts run; those of the page have had their chance.
  await page.setJavaScriptEnabled(true);
  return page;
}

// Runs axe. It cannot tell the contrast of what lies below sticky headers or outside the window, so
// for that the cells of the grid are laid out one below the other.
async function examine(page) {
  await page.evaluate(AXE);
  return page.evaluate(async (rules) => {
    const brief = ({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ""}`);
    const tags = { type: "tag", values: rules };
    const all = await axe.run({ runOnly: tags, rules: { "color-contrast": { enabled: false } } });
    const flat = new CSSStyleSheet();
    flat.replaceSync(`.scroll { overflow: visible; width: auto; max-height: none; margin: 0 }
      .grid, .grid :is(thead, tbody, tr, th, td) { display: block; position: static !important }`);
    document.adoptedStyleSheets = [flat];
    const contrast = await axe.run({ runOnly: ["color-contrast"] });
    document.adoptedStyleSheets = [];
    return {
      violations: [...all.violations, ...contrast.violations].flatMap(brief),
      // Of texts in a drawing axe cannot tell what lies behind them: here, the paper of the page.
      undecided: contrast.incomplete.flatMap(brief).filter((told) => !/^color-contrast: <text /.test(told)),
      passed: [...all.passes, ...contrast.passes].map(({ id }) => id),
    };
  }, RULES);
}

// Measures what axe does not look at.
function measure() {
  const all = [...document.querySelectorAll("*")];
  const ids = all.map((element) => element.id).filter(Boolean);
  const name = (element) => element.outerHTML.slice(0, 120);
  const small = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 0 && (width < 24 || height < 24);
  };
  const inText = (element) => getComputedStyle(element).display === "inline";
  return {
    overflow: document.documentElement.scrollWidth - window.innerWidth,
    twice: ids.filter((id, at) => ids.indexOf(id) < at),
    dead: all
      .map((element) => element.getAttribute("href") ?? "")
      .filter((href) => href.startsWith("#") && !document.getElementById(href.slice(1))),
    small: [...document.querySelectorAll("a, button, select, input, summary")]
      .filter((element) => small(element) && !inText(element))
      .map(name),
  };
}

// Spaces the text out as WCAG 1.4.12 says, and tells what no longer fits.
function spaceOut() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
  const cut = [...document.querySelectorAll("body *")].filter(
    (element) =>
      getComputedStyle(element).overflow === "hidden" &&
      element.scrollHeight > element.clientHeight + 1,
  );
  const overflow = document.documentElement.scrollWidth - window.innerWidth;
  document.adoptedStyleSheets = [];
  return { overflow, cut: cut.map((element) => element.outerHTML.slice(0, 120)) };
}

// Tells which elements can be reached, and walks through them with the Tab key.
async function walk(page) {
  const wanted = await page.evaluate(() => {
    const reachable = "a[href], button, select, input, summary, [tabindex='0']";
    const shown = [...document.querySelectorAll(reachable)].filter((e) => e.checkVisibility());
    window.reachable = shown;
    return shown.map((element) => element.outerHTML.slice(0, 120));
  });
  const reached = [];
  const unseen = [];
  for (let step = 0; step < wanted.length; step++) {
    await page.keyboard.press("Tab");
    const { at, visible } = await page.evaluate(() => {
      const element = document.activeElement;
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const { outlineStyle, outlineWidth, opacity } = getComputedStyle(element);
      const middle = document.elementFromPoint(
        (Math.max(left, 0) + Math.min(right, innerWidth)) / 2,
        (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2,
      );
      return {
        at: window.reachable.indexOf(element),
        visible:
          outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && opacity === "1" &&
          (element.contains(middle) || middle?.contains(element)),
      };
    });
    reached.push(at);
    if (!visible) unseen.push(wanted[at] ?? "nothing");
  }
  return { wanted, reached: reached.map((at) => wanted[at] ?? "nothing"), unseen };
}

// Scrolls each link of the grid below its headers, and tells which stay there with the focus.
function coverLinks() {
  const region = document.querySelector(".scroll");
  const isCovered = (link) => {
    region.scrollTo(0, 0);
    const [inner, outer] = [link, region].map((element) => element.getBoundingClientRect());
    region.scrollTo(inner.left - outer.left - 9, inner.top - outer.top - 9);
    link.focus();
    const { left, top } = link.getBoundingClientRect();
    return document.elementFromPoint(left + 2, top + 2) !== link;
  };
  const links = [...region.querySelectorAll("a")];
  return [links.length, links.filter(isCovered).length];
}

// Scrolls the grid, and tells how far its headers are from where it begins.
function scrollGrid() {
  const region = document.querySelector(".scroll");
  region.scrollTo(200, 400);
  const { left, top } = region.getBoundingClientRect();
  const place = (selector) => region.querySelector(selector).getBoundingClientRect();
  return {
    left: region.scrollLeft,
    top: region.scrollTop,
    column: Math.round(place("thead th:nth-child(2)").top - top),
    row: Math.round(place("tbody th[scope=row]").left - left),
    group: Math.round(place(".group span").left - left),
  };
}

// Tells which lines are drawn to tell statuses apart, and boxes from the text around them.
function readMarks() {
  const style = (selector, pseudo) => getComputedStyle(document.querySelector(selector), pseudo);
  const mark = (status) => {
    const drawn = style(`.action.${status}`, "::before");
    const sides = ["Top", "Right", "Bottom", "Left"];
    return sides.filter((side) => parseFloat(drawn[`border${side}Width`]) >= 1).join(" ");
  };
  return {
    done: mark("done"),
    in_progress: mark("in_progress"),
    dropped: mark("dropped"),
    box: style(".means").borderTopWidth,
  };
}

// Chooses options of the filter, and tells what the grid shows then.
async function choose(page, choices) {
  for (const [name, label] of Object.entries(choices)) {
    await page.evaluate((name, label) => {
      const select = document.querySelector(`.filter select[name="${name}"]`);
      const option = [...select.options].find((option) => option.text === label);
      if (!option) throw new Error(`no option ${label}`);
      select.value = option.value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }, name, label);
  }
}

function readGrid() {
  const shown = (selector) =>
    [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
  // Of an action only the first line: below it stand its details.
  const lines = (selector) => shown(selector).map((element) => element.innerText.split("\n")[0]);
  const options = ({ options }) => [...options].map(({ text }) => text.split(" · ")[0]);
  return {
    told: lines(".filter [aria-live]"),
    columns: lines(".grid thead .when"),
    facets: lines(".grid .group"),
    sections: lines(".grid tbody th[scope=row]"),
    actions: lines(".grid .action"),
    options: [...document.querySelectorAll(".filter select")].map(options),
    chosen: [...document.querySelectorAll(".filter select")].map(({ value }) => value),
    stored: [
      localStorage.length,
      sessionStorage.length,
      document.cookie,
      location.hash,
      location.search,
    ],
  };
}

async function look(browser, job) {
  const heard = { loaded: [], said: [] };
  const page = await open(browser, job, heard);
  try {
    const seen = { ...heard, ...(await page.evaluate(measure)) };
    const said = [...heard.said];
    if (Object.keys(job.choose).length > 0) {
      await choose(page, job.choose);
      seen.grid = await page.evaluate(readGrid);
      if (job.reset) {
        await page.click(".filter button");
        seen.again = await page.evaluate(readGrid);
      }
      if (job.leave) {
        await page.goto("about:blank");
        await page.goBack({ waitUntil: "load" });
        seen.again = await page.evaluate(readGrid);
      }
    }
    if (job.tasks.includes("axe")) Object.assign(seen, await examine(page));
    if (job.tasks.includes("walk")) seen.walk = await walk(page);
    if (job.tasks.includes("cover")) seen.covered = await page.evaluate(coverLinks);
    if (job.tasks.includes("space")) seen.spaced = await page.evaluate(spaceOut);
    if (job.tasks.includes("scroll")) seen.scroll = await page.evaluate(scrollGrid);
    if (job.tasks.includes("marks")) seen.marks = await page.evaluate(readMarks);
    if (job.paper) await page.pdf({ path: job.paper, preferCSSPageSize: true });
    return { ...seen, said };
  } finally {
    await page.close();
  }
}

const browser = await puppeteer.launch({
  executablePath: process.argv[2],
  // A container has little shared memory, and often no other user than root, under whom Chromium's
  // own sandbox does not work.
  args: [
    "--disable-gpu",
    "--disable-dev-shm-usage",
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ],
});
for await (const line of createInterface({ input: process.stdin })) {
  const answer = await look(browser, JSON.parse(line)).catch((error) => ({ error: error.stack }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await browser.close();
