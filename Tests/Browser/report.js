// Looks at a campaign's page as its reader does, and leaves what it found in <html data-found>.
"use strict";
{
  const found = { errors: window.testErrors, figures: [], sorted: {}, film: {}, theme: {} };
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  const keys = (table, column) =>
    [...table.tBodies[0].rows].map((row) => row.cells[column].dataset.key);

  function lookAtFigures() {
    for (const figure of document.querySelectorAll(".figures figure > svg")) {
      const box = figure.getBoundingClientRect();
      const inked = [...figure.querySelectorAll("path")].some(
        (path) => path.getBoundingClientRect().width > 50);
      found.figures.push(box.width > 200 && box.height > 100 && inked);
    }
    const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
    found.uniqueIds = new Set(ids).size === ids.length;
    const known = new Set(ids);
    found.danglingUses = [...document.querySelectorAll("use")].filter(
      (use) => !known.has(use.getAttribute("href")?.slice(1))).length;
  }

  function sortTable() {
    const table = document.querySelector("table.sortable");
    const heads = [...table.tHead.rows[0].cells];
    const column = heads.findIndex((head) => head.textContent.trim() === "final error");
    const button = heads[column].querySelector("button");
    button.click();
    found.sorted.up = keys(table, column);
    found.sorted.upTold = heads[column].getAttribute("aria-sort");
    button.click();
    found.sorted.down = keys(table, column);
    found.sorted.downTold = heads[column].getAttribute("aria-sort");
    found.sorted.others = heads.filter(
      (head, k) => k !== column && head.getAttribute("aria-sort") !== "none").length;
  }

  const pixels = (canvas) =>
    [...canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data].join();

  async function playFilm() {
    const film = document.querySelector(".film");
    const slider = film.querySelector("input");
    const play = film.querySelector(".play");
    const [stored, probe, now] = film.querySelectorAll("canvas");
    const first = pixels(now);
    found.film.beginsWithProbe = first === pixels(probe) && first !== pixels(stored);
    play.click();
    found.film.whilePlaying = play.textContent;
    await pause(400);
    play.click();
    const place = Number(slider.value);
    found.film.advanced = place > 0 && pixels(now) !== first;
    await pause(300);
    found.film.pauses = Number(slider.value) === place && play.textContent === "Play";
    film.querySelector(".forth").click();
    found.film.steps = Number(slider.value) === Math.min(place + 1, Number(slider.max));
    slider.value = slider.max;
    slider.dispatchEvent(new Event("input"));
    found.film.told = film.querySelector("output").textContent;
    found.film.moved = pixels(now) !== first;
  }

  function changeTheme() {
    const ground = () => getComputedStyle(document.body).backgroundColor;
    const before = ground();
    document.getElementById("theme").click();
    found.theme = { before, after: ground() };
  }

  (async () => {
    try {
      lookAtFigures();
      sortTable();
      changeTheme();
      await playFilm();
    } catch (error) {
      found.errors.push(String(error));
    }
    document.documentElement.dataset.found = JSON.stringify(found);
  })();
}
