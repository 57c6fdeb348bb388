/* Values in the figures: whoever points at a mark, or steps from mark to mark by the arrow keys, is
   told what it shows. The places are in the drawing's data-at, what is said there in its description,
   a line each. A bar of several fields has one line: its edges stand between commas, and its line ends
   in a part for each field. Without this script the description, the numbers beside the marks and the
   data file say the same. */
(function () {
  "use strict";
  var REACH = 26, ROW = 14, PART = " · ";

  function read(svg) {
    var places = svg.dataset.at.split(" ");
    var lines = svg.querySelector("desc").textContent.split(";\n");
    var marks = [];
    for (var line = 0; 2 * line < places.length; line++) {
      var edges = places[2 * line].split(",").map(Number), y = Number(places[2 * line + 1]);
      var fields = edges.length - 1, parts = lines[line].split(PART);
      if (!fields) { marks.push({ left: edges[0], right: edges[0], x: edges[0], y: y, text: lines[line] }); }
      for (var field = 0; field < fields; field++) {
        marks.push({
          left: edges[field], right: edges[field + 1], x: (edges[field] + edges[field + 1]) / 2, y: y,
          text: parts.slice(0, -fields).join(PART) + PART + parts[parts.length - fields + field]
        });
      }
    }
    return marks;
  }

  // In a figure of rows the row is found first: it is as wide as the figure.
  function nearest(marks, x, y, rows) {
    var best = -1, least = Infinity;
    marks.forEach(function (mark, place) {
      var across = Math.max(mark.left - x, x - mark.right, 0), down = Math.abs(mark.y - y);
      var far = rows ? 100 * down + across : Math.hypot(across, down);
      if ((rows ? down <= ROW : far <= REACH) && far < least) { best = place; least = far; }
    });
    return best;
  }

  // The mark above or below, nearest across; in a figure without rows just the one before or after.
  function beside(marks, at, down, rows) {
    if (!rows || at < 0) { return at + down; }
    var row = at;
    while (marks[row] && marks[row].y === marks[at].y) { row += down; }
    if (!marks[row]) { return at; }
    var best = row;
    for (var place = row; marks[place] && marks[place].y === marks[row].y; place += down) {
      if (Math.abs(marks[place].x - marks[at].x) < Math.abs(marks[best].x - marks[at].x)) { best = place; }
    }
    return best;
  }

  function fit(drawing, svg) {
    var marks = null, at = -1;
    var box = svg.viewBox.baseVal, rows = "rows" in svg.dataset;
    var ring = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    var tip = document.createElement("div");
    ring.setAttribute("r", 7);
    ring.setAttribute("class", "ring");
    tip.className = "tip";
    tip.setAttribute("role", "status");
    drawing.after(tip);

    // The browser's own label of the whole figure would lie over the values.
    var title = svg.querySelector("title");
    svg.setAttribute("aria-label", title.textContent);
    svg.removeAttribute("aria-labelledby");
    title.remove();

    function hide() {
      at = -1;
      tip.textContent = "";
      ring.remove();
    }
    function show(place) {
      if (place === at) { return; }
      if (place < 0) { hide(); return; }
      at = place;
      var mark = marks[at];
      tip.textContent = mark.text;
      ring.setAttribute("cx", mark.x);
      ring.setAttribute("cy", mark.y);
      svg.append(ring);
      // Within the figure, so that it goes along when the page is scrolled.
      var drawn = ring.getBoundingClientRect(), all = tip.parentElement.getBoundingClientRect();
      var left = drawn.left - all.left + drawn.width / 2 - tip.offsetWidth / 2;
      tip.style.left = Math.max(0, Math.min(left, all.width - tip.offsetWidth)) + "px";
      tip.style.top = drawn.top - all.top - tip.offsetHeight - 6 + "px";
    }
    function pointed(event) {
      marks = marks || read(svg);
      var seen = svg.getBoundingClientRect();
      var scale = box.width / seen.width;
      show(nearest(marks, (event.clientX - seen.left) * scale, (event.clientY - seen.top) * scale, rows));
    }
    function step(to) {
      marks = marks || read(svg);
      hide();
      ring.setAttribute("cx", marks[to].x);
      ring.setAttribute("cy", marks[to].y);
      svg.append(ring);
      ring.scrollIntoView({ block: "nearest", inline: "nearest" });
      show(to);
    }

    svg.addEventListener("pointermove", pointed);
    svg.addEventListener("pointerdown", pointed);
    svg.addEventListener("pointerleave", hide);
    drawing.addEventListener("blur", hide);
    drawing.addEventListener("focus", function () { if (drawing.matches(":focus-visible")) { step(0); } });
    drawing.addEventListener("keydown", function (event) {
      marks = marks || read(svg);
      var last = marks.length - 1;
      var to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last }[event.key];
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        to = beside(marks, at, event.key === "ArrowDown" ? 1 : -1, rows);
      }
      if (event.key === "Escape") { hide(); }
      if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) { return; }
      event.preventDefault();
      step(Math.max(0, Math.min(to, last)));
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll(".drawing").forEach(function (drawing) {
      var svg = drawing.querySelector("svg[data-at]");
      if (svg) { fit(drawing, svg); }
    });
  });
})();
