"use strict";
(() => {
  const svg = "http://www.w3.org/2000/svg";
  const canvas = document.getElementById("canvas");
  const panel = document.getElementById("panel");
  const drawing = document.getElementById("drawing");
  const over = drawing.appendChild(document.createElementNS(svg, "g"));
  const things = new Map([...drawing.querySelectorAll("[data-id]")].map((thing) => [thing.dataset.id, thing]));
  const edges = [...drawing.querySelectorAll(".edge")];
  const marks = ["chosen", "near", "taken", "given", "marks-stack", "marks-resource"];
  const { width, height } = drawing.viewBox.baseVal;
  let kept = "";
  let scale = 1;

  over.id = "over";
  document.documentElement.classList.add("scripted");

  // an SVG link has no hash of its own
  const meant = (link) => link?.getAttribute("href")?.slice(1);
  const pointed = (event) => meant(event.target.closest("a[href^='#']"));

  function show(id) {
    const section = document.getElementById(id) ?? document.getElementById("overview");
    for (const other of panel.children) other.classList.toggle("shown", other === section);
    panel.scrollTop = 0;
    for (const name of marks) {
      drawing.classList.remove(name);
      for (const marked of drawing.querySelectorAll(`.${name}`)) marked.classList.remove(name);
    }
    over.replaceChildren();
    const thing = things.get(id);
    if (!thing) return;
    thing.classList.add("chosen");
    drawing.classList.add(thing.matches(".stack") ? "marks-stack" : "marks-resource");
    for (const link of section.querySelectorAll(".takes a, .gives a")) {
      const other = things.get(meant(link));
      if (!other) continue;
      other.classList.add("near");
      if (!thing.matches(".resource")) continue;
      if (link.closest(".takes")) connect(other, thing, "taken");
      else connect(thing, other, "given");
    }
    for (const edge of edges) {
      if (edge.dataset.to === id) edge.classList.add("taken");
      if (edge.dataset.from === id) edge.classList.add("given");
    }
  }

  function connect(source, target, way) {
    const from = source.querySelector(".row").getBBox();
    const to = target.querySelector(".row").getBBox();
    const back = to.x <= from.x;
    const x = from.x + from.width;
    const end = back ? to.x + to.width : to.x;
    const y = from.y + from.height / 2;
    const below = to.y + to.height / 2;
    const bend = back ? Math.max(x, end) + 40 : (x + end) / 2;
    const path = document.createElementNS(svg, "path");
    path.setAttribute("d", `M${x} ${y}C${bend} ${y} ${bend} ${below} ${end} ${below}`);
    path.setAttribute("class", way);
    over.append(path);
  }

  function keep(id, reveal) {
    kept = things.has(id) ? id : "";
    history.replaceState(null, "", kept ? `#${kept}` : location.pathname + location.search);
    show(kept);
    if (reveal) things.get(kept)?.scrollIntoView({ block: "center", inline: "center" });
  }

  drawing.addEventListener("pointerover", (event) => show(pointed(event) ?? kept));
  drawing.addEventListener("pointerleave", () => show(kept));
  drawing.addEventListener("focusin", (event) => event.target.matches(":focus-visible") && show(pointed(event) ?? kept));
  drawing.addEventListener("focusout", () => show(kept));
  document.addEventListener("click", (event) => {
    const inside = drawing.contains(event.target);
    const id = pointed(event);
    if (id === undefined && !inside) return;
    event.preventDefault();
    keep(id === kept && inside ? "" : id, !inside);
  });
  addEventListener("hashchange", () => keep(location.hash.slice(1), true));

  function zoom(wanted) {
    const before = scale;
    const x = canvas.scrollLeft + canvas.clientWidth / 2;
    const y = canvas.scrollTop + canvas.clientHeight / 2;
    scale = Math.min(Math.max(wanted, 0.1), 4);
    drawing.style.cssText = `width:${width * scale}px;height:${height * scale}px;max-width:none;max-height:none`;
    canvas.scrollLeft = (x * scale) / before - canvas.clientWidth / 2;
    canvas.scrollTop = (y * scale) / before - canvas.clientHeight / 2;
  }

  const fitting = () => Math.min(canvas.clientWidth / width, canvas.clientHeight / height, 1.25);
  const sizes = { in: () => scale * 1.25, out: () => scale / 1.25, fit: fitting };

  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => zoom(sizes[button.dataset.zoom]()));
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") keep("");
    if (event.key === "+" || event.key === "=") zoom(sizes.in());
    if (event.key === "-") zoom(sizes.out());
    if (event.key === "0") zoom(sizes.fit());
  });
  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(scale * Math.exp(-event.deltaY / 400));
  }, { passive: false });

  // what does not fit in a size that can be read begins at its left, and is seen whole at a key
  zoom(Math.max(fitting(), 0.62));
  canvas.scrollTo(0, (canvas.scrollHeight - canvas.clientHeight) / 2);
  keep(location.hash.slice(1), true);
})();
