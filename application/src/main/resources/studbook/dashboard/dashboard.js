// What scripts add to pages that are complete without them: times of the browser's zone, charts that one can point at, a notice
// while the connection is lost, reloading while the database is unavailable.
"use strict";
(() => {
  const timeFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

  function showLocalTimes(root) {
    root.querySelectorAll("time[datetime]").forEach((time) => {
      const at = new Date(time.dateTime);
      if (!Number.isNaN(at.getTime())) time.textContent = timeFormat.format(at);
    });
  }

  function token(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  const columns = {
    rate: ["at", ["horses_per_second", "requests_per_second"], ["horses/s", "requests/s"]],
    response: ["responses_at", ["median_seconds", "p95_seconds"], ["median", "p95"]],
    throttled: ["at", ["throttled"], ["429"]],
    errors: ["errors_at", ["errors"], ["errors"]],
  };

  function data(history, name) {
    const [at, values] = columns[name];
    return [history[at], ...values.map((key) => history[key])];
  }

  const clockFormat = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const dayFormat = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

  function axisTimes(plot, times) {
    const format = plot.scales.x.max - plot.scales.x.min > 86400 ? dayFormat : clockFormat;
    return times.map((time) => format.format(new Date(time * 1000)));
  }

  // The values under the pointer stand beside the names of the lines; without a pointer only the names do.
  function showValues(figure, plot) {
    const i = plot.cursor.idx;
    figure.querySelectorAll(".key").forEach((key, line) => {
      key.dataset.label ??= key.textContent;
      const value = i == null ? null : plot.data[line + 1][i];
      key.textContent = value == null ? key.dataset.label : key.dataset.label + " " + value.toFixed(2);
    });
  }

  function size(box) {
    return { width: box.clientWidth, height: box.clientHeight };
  }

  function draw(figure, history) {
    const name = figure.dataset.chart;
    const axis = { stroke: token("--faint"), font: "11px system-ui", grid: { stroke: token("--line"), width: 1 }, ticks: { show: false } };
    const plot = document.createElement("div");
    plot.className = "plot";
    figure.querySelector("svg").replaceWith(plot);
    return new uPlot(
      {
        ...size(plot),
        legend: { show: false },
        axes: [{ ...axis, size: 22, space: 90, values: axisTimes }, { ...axis, size: 48, space: 30 }],
        scales: { y: { range: (_, __, max) => [0, Math.max(max * 1.05, 0.1)] } },
        series: [{}, ...columns[name][2].map((label, i) => ({ label, stroke: token("--line-" + i), width: 2, points: { show: false } }))],
        hooks: { setCursor: [(drawn) => showValues(figure, drawn)] },
      },
      data(history, name),
      plot,
    );
  }

  async function drawCharts(charts) {
    const plots = new Map();
    async function refresh() {
      const answer = await fetch(charts.dataset.history, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const history = await answer.json();
      charts.querySelectorAll("[data-chart]").forEach((figure) => {
        const name = figure.dataset.chart;
        if (plots.has(name)) plots.get(name).setData(data(history, name));
        else if (window.uPlot) plots.set(name, draw(figure, history));
      });
    }
    await refresh();
    window.addEventListener("resize", () => {
      plots.forEach((plot) => {
        plot.setSize(size(plot.root.parentElement));
      });
    });
    const sampled = () => document.querySelector("[data-sampled]")?.dataset.sampled;
    let drawn = sampled();
    document.body.addEventListener("htmx:sseMessage", () => {
      if (sampled() === drawn) return;
      drawn = sampled();
      refresh().catch(() => {});
    });
  }

  function watchConnection() {
    const notice = document.getElementById("connection");
    const lost = notice.textContent;
    document.body.addEventListener("htmx:sseError", () => { notice.textContent = lost; notice.hidden = false; });
    document.body.addEventListener("htmx:sseOpen", (event) => {
      notice.hidden = true;
      event.detail.source.addEventListener("gap", (message) => {
        notice.textContent = "The database is unavailable: " + message.data;
        notice.hidden = false;
      });
      event.detail.source.addEventListener("part", () => { notice.hidden = true; });
    });
  }

  // A live part is replaced while a person reads it: what is focused stays so, and what is scrolled stays where it is.
  function keepPlace() {
    const key = (one) => ["aria-describedby", "href", "aria-labelledby"].map((name) => one.getAttribute(name)).find((name) => name);
    let focused = null;
    let scrolled = [];
    document.body.addEventListener("htmx:sseBeforeMessage", (event) => {
      const active = document.activeElement;
      focused = event.target.contains(active) ? key(active) : null;
      scrolled = [...event.target.querySelectorAll(".scroll")].map((one) => one.scrollLeft);
    });
    document.body.addEventListener("htmx:afterSwap", (event) => {
      showLocalTimes(event.target);
      event.target.querySelectorAll(".scroll").forEach((one, i) => { one.scrollLeft = scrolled[i] ?? 0; });
      scrolled = [];
      if (focused === null || document.activeElement !== document.body) return;
      const same = [...event.target.parentElement.querySelectorAll("a, [tabindex]")].find((one) => key(one) === focused);
      same?.focus({ preventScroll: true });
    });
  }

  // The buttons follow the state of the run, which is part of its figures.
  function followState() {
    const state = () => document.querySelector(".runline .state")?.textContent;
    let known = state();
    document.body.addEventListener("htmx:afterSwap", () => {
      if (state() === known) return;
      known = state();
      htmx.trigger(document.body, "run-state");
    });
  }

  // All places of a repeated ancestor stand out while one is pointed at or focused.
  function showTogether(event) {
    const one = event.target instanceof Element ? event.target.closest("[data-repeated]") : null;
    document.querySelectorAll("[data-repeated]").forEach((place) => {
      place.classList.toggle("together", one !== null && place.dataset.repeated === one.dataset.repeated);
    });
  }

  // Escape hides an explanation until another one is pointed at or focused.
  function hideExplanation(event) {
    if (event.key !== "Escape" || !document.querySelector(".hint:hover, .hint:focus")) return;
    document.querySelector(".hint:focus")?.blur();
    document.documentElement.classList.add("unexplained");
  }

  function showExplanations(event) {
    if (event.target instanceof Element && event.target.closest(".hint")) document.documentElement.classList.remove("unexplained");
  }

  // On a phone the sections are a line that scrolls.
  function showSection() {
    const here = document.querySelector(".top [aria-current]");
    const line = here?.closest("nav");
    if (line) line.scrollLeft = here.offsetLeft - line.offsetLeft - (line.clientWidth - here.offsetWidth) / 2;
  }

  function reloadWhileUnavailable() {
    const wait = document.querySelector("[data-reload]");
    if (wait) setTimeout(() => location.reload(), 1000 * Number(wait.dataset.reload));
  }

  // Keys on rows that have buttons: j, k and the arrows move, and a button names its own.
  function pressKey(event) {
    const row = event.target.closest("tr[data-keys]");
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return;
    const down = event.key === "j" || event.key === "ArrowDown";
    const up = event.key === "k" || event.key === "ArrowUp";
    const next = down ? row.nextElementSibling : up ? row.previousElementSibling : null;
    const button = row.querySelector('button[aria-keyshortcuts="' + CSS.escape(event.key) + '"]');
    if (next) {
      row.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    } else if (button) {
      row.removeAttribute("data-keys");
      button.click();
    }
    if (down || up || button) event.preventDefault();
  }

  // One box marks all others of the form that have a name.
  function markAll(event) {
    const name = event.target.dataset?.marks;
    if (!name) return;
    [...event.target.form.elements].filter((box) => box.name === name).forEach((box) => { box.checked = event.target.checked; });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.documentElement.classList.add("scripted");
    document.addEventListener("change", markAll);
    document.addEventListener("keydown", pressKey);
    document.addEventListener("keydown", hideExplanation);
    document.addEventListener("mouseout", showExplanations);
    document.addEventListener("focusin", showExplanations);
    showLocalTimes(document);
    showSection();
    watchConnection();
    keepPlace();
    followState();
    reloadWhileUnavailable();
    document.addEventListener("mouseover", showTogether);
    document.addEventListener("focusin", showTogether);
    const charts = document.querySelector("[data-history]");
    if (charts && charts.querySelector("[data-chart]")) drawCharts(charts).catch(() => {});
  });
})();
