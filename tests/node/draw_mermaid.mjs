// Draws the Mermaid chart on standard input in the browser named, and prints its words as JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import puppeteer from "puppeteer-core";

const entry = createRequire(import.meta.url).resolve("mermaid");
const browser = await puppeteer.launch({ executablePath: process.argv[2], args: ["--no-sandbox"] });
try {
  const page = await browser.newPage();
  await page.setContent('<!doctype html><div id="chart" style="width: 900px"></div>');
  await page.addScriptTag({ path: join(dirname(entry), "mermaid.min.js") });
  const words = await page.evaluate(async (text) => {
    mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });
    const chart = document.getElementById("chart");
    chart.innerHTML = (await mermaid.render("drawn", text)).svg;
    const all = (selector) => [...chart.querySelectorAll(selector)].map((e) => e.textContent.trim());
    return {
      tasks: all("text[class*=taskText]"),
      sections: all("text.sectionTitle"),
      title: chart.querySelector("title")?.textContent ?? "",
    };
  }, readFileSync(0, "utf8"));
  console.log(JSON.stringify(words));
} finally {
  await browser.close();
}
