/// What moves on a campaign's page: the theme, the tables, the films.
enum ReportScript {
  static let text = #"""
    "use strict";
    const root = document.documentElement;
    const theme = document.getElementById("theme");
    const prefersDark = matchMedia("(prefers-color-scheme: dark)");
    function isDark() {
      return root.dataset.theme ? root.dataset.theme === "dark" : prefersDark.matches;
    }
    function nameTheme() { theme.textContent = isDark() ? "Light" : "Dark"; }
    theme.hidden = false;
    theme.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      nameTheme();
    });
    prefersDark.addEventListener("change", nameTheme);
    nameTheme();

    // numbers by value, what has none last in either direction; text by the alphabet
    function compare(a, b, direction) {
      if (a.dataset.key === undefined) {
        return direction * a.textContent.localeCompare(b.textContent);
      }
      if (a.dataset.key === "" || b.dataset.key === "") {
        return (a.dataset.key === "" ? 1 : 0) - (b.dataset.key === "" ? 1 : 0);
      }
      return direction * (Number(a.dataset.key) - Number(b.dataset.key));
    }
    for (const table of document.querySelectorAll("table.sortable")) {
      const heads = [...table.tHead.rows[0].cells];
      heads.forEach((head, column) => {
        head.querySelector("button").addEventListener("click", () => {
          const ascending = head.getAttribute("aria-sort") !== "ascending";
          for (const other of heads) other.setAttribute("aria-sort", "none");
          head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
          const direction = ascending ? 1 : -1;
          const rows = [...table.tBodies[0].rows];
          rows.sort((a, b) => compare(a.cells[column], b.cells[column], direction));
          table.tBodies[0].append(...rows);
        });
      });
    }

    function bytes(text) { return Uint8Array.from(atob(text), (c) => c.charCodeAt(0)); }
    function colour(level, cyclic) {
      if (!cyclic) return [level, level, level];
      const turn = 2 * Math.PI * level / 256;
      return [0, 1, 2].map((k) => 128 + 127 * Math.cos(turn - 2 * Math.PI * k / 3));
    }
    function paint(canvas, levels, film) {
      canvas.width = film.width;
      canvas.height = film.height;
      const context = canvas.getContext("2d");
      const image = context.createImageData(film.width, film.height);
      levels.forEach((level, i) => image.data.set([...colour(level, film.cyclic), 255], 4 * i));
      context.putImageData(image, 0, 0);
    }
    for (const place of document.querySelectorAll(".film")) {
      const film = JSON.parse(place.querySelector("script").textContent);
      const frames = film.frames.map(bytes);
      const [stored, probe, now] = place.querySelectorAll("canvas");
      const play = place.querySelector(".play");
      const slider = place.querySelector("input");
      const told = place.querySelector("output");
      const marker = place.querySelector(".curve line");
      const last = frames.length - 1;
      let timer = null;
      function show(index) {
        const frame = Math.max(0, Math.min(last, index));
        paint(now, frames[frame], film);
        slider.value = frame;
        told.textContent = film.captions[frame];
        slider.setAttribute("aria-valuetext", film.captions[frame]);
        const x = last > 0 ? 1000 * frame / last : 0;
        marker.setAttribute("x1", x);
        marker.setAttribute("x2", x);
      }
      function stop() {
        clearInterval(timer);
        timer = null;
        play.textContent = "Play";
      }
      function start() {
        if (Number(slider.value) >= last) show(0);
        play.textContent = "Pause";
        timer = setInterval(() => {
          show(Number(slider.value) + 1);
          if (Number(slider.value) >= last) stop();
        }, 80);
      }
      function step(by) {
        stop();
        show(Number(slider.value) + by);
      }
      paint(stored, bytes(film.stored), film);
      paint(probe, bytes(film.probe), film);
      slider.max = last;
      play.addEventListener("click", () => timer === null ? start() : stop());
      place.querySelector(".back").addEventListener("click", () => step(-1));
      place.querySelector(".forth").addEventListener("click", () => step(1));
      slider.addEventListener("input", () => step(0));
      show(0);
    }
    """#
}
