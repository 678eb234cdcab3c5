// The table: numbers that run to their new value, sliders beside number fields, Space on a circle, and late answers.
"use strict";

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const LASTS = 220;
const shown = new Map();
const amounts = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 0 });

document.documentElement.classList.add("script");

function words(value) {
  const sign = value > 0 ? "+" : value < 0 ? "\u2212" : "";
  return `\u20ac\u00a0${sign}${amounts.format(Math.abs(value))}`;
}

function run(element, from, to) {
  const last = element.textContent;
  const begin = performance.now();
  const turn = `${begin}`;
  element.dataset.turn = turn;
  function step(now) {
    if (element.dataset.turn !== turn) return;
    const part = Math.min(1, (now - begin) / LASTS);
    const eased = 1 - (1 - part) ** 3;
    element.textContent = part < 1 ? words(Math.round(from + (to - from) * eased)) : last;
    if (part < 1) requestAnimationFrame(step);
  }
  step(begin);
}

function settle() {
  for (const element of document.querySelectorAll("[data-amount]")) {
    const now = Number(element.dataset.amount);
    const was = shown.get(element.id);
    if (was !== undefined && was !== now && !calm.matches) run(element, was, now);
    shown.set(element.id, now);
  }
}

document.addEventListener("keydown", (event) => {
  const town = event.key === " " && event.target.closest?.("a[role=switch]");
  if (!town) return;
  event.preventDefault();
  town.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-fullscreen]")) document.documentElement.requestFullscreen?.();
});

document.addEventListener("input", (event) => {
  const field = event.target.dataset?.for && document.getElementById(event.target.dataset.for);
  if (field) field.value = Number(Number(event.target.value).toPrecision(3));
});

// percentages add to 100 only when all are filled in, and a name is no choice: they are sent by their button
document.addEventListener("change", (event) => {
  if (event.target.closest?.(".percentages, .save")) event.stopPropagation();
}, true);

// what was asked last is what stays: an answer to anything before it comes too late
let newest = null;
document.addEventListener("htmx:before:request", (event) => { newest = event.detail.ctx; });
document.addEventListener("htmx:after:request", (event) => {
  if (event.detail.ctx !== newest) event.preventDefault();
});
document.addEventListener("htmx:after:swap", settle);
document.addEventListener("DOMContentLoaded", settle);
