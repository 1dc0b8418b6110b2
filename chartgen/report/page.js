
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const form = document.querySelector("form");
  const items = [...document.querySelectorAll(".finding")];
  const sections = [...document.querySelectorAll("section[data-chart]")];
  const levels = [...document.querySelectorAll("input[name=level]")];
  const fields = ["text", "chart", "rule"];
  const texts = new Map();

  const text = (item) => {
    if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase());
    return texts.get(item);
  };

  const apply = () => {
    const words = byId("text").value.toLowerCase().split(/\s+/).filter(Boolean);
    const chart = byId("chart").value;
    const rule = byId("rule").value;
    const wanted = new Set(levels.filter((level) => level.checked).map((level) => level.value));
    const number = new Map();
    let shown = 0;
    for (const item of items) {
      const data = item.dataset;
      const visible = wanted.has(data.level) && (!chart || data.chart === chart) && (!rule || data.rule === rule)
        && words.every((word) => text(item).includes(word));
      item.hidden = !visible;
      if (visible) {
        shown += 1;
        number.set(data.chart, (number.get(data.chart) || 0) + 1);
      }
    }
    for (const section of sections) {
      const inside = number.get(section.dataset.chart) || 0;
      section.hidden = inside === 0;
      section.querySelector(".number").textContent = inside;
    }
    byId("empty").hidden = shown > 0 || items.length === 0;
    byId("shown").textContent = `${shown} of ${items.length}`;
    remember();
  };

  // What is filtered for stands in the address, so that a link to it can be passed on.
  const remember = () => {
    const state = new URLSearchParams();
    for (const name of fields) if (byId(name).value) state.set(name, byId(name).value);
    const off = levels.filter((level) => level.checked !== level.defaultChecked).map((level) => level.value);
    if (off.length) state.set("switched", off.join(","));
    const hash = state.toString();
    if (!hash && !location.hash.includes("=")) return; // a link to a rule
    try {
      history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
    } catch {
      // A page opened from a mail or a viewer may not change its address.
    }
  };

  const recall = () => {
    if (!location.hash.includes("=")) return;
    const state = new URLSearchParams(location.hash.slice(1));
    for (const name of fields) {
      byId(name).value = state.get(name) || "";
      if (byId(name).selectedIndex === -1) byId(name).value = ""; // a chart or rule that this report has not
    }
    const switched = new Set((state.get("switched") || "").split(","));
    for (const level of levels) level.checked = level.defaultChecked !== switched.has(level.value);
  };

  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-show]");
    if (!button) return;
    byId("rule").value = button.dataset.show;
    apply();
    byId("findings").focus();
    window.scrollTo(0, 0);
  });
  byId("filters").hidden = items.length === 0;
  for (const button of document.querySelectorAll("[data-show]")) button.hidden = false;
  recall();
  apply();
})();
