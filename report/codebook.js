/* The codebook: a field that leaves only the rows with certain words, and behind the counts of an
   item's answers how large each is. Without this script all rows stand there, and the counts alone. */
(function () {
  "use strict";
  function said(part) { return part ? part.textContent.trim() : ""; }

  // Nothing gets a class: a cell without one is a number that knows its place.
  function draw(table) {
    var answers = Array.from(table.tHead.rows[0].cells, function (cell) { return /^\d+$/.test(said(cell)); });
    Array.from(table.tBodies[0].rows).forEach(function (row) {
      var cells = Array.from(row.cells).filter(function (cell) { return answers[cell.cellIndex]; });
      var counts = cells.map(function (cell) { return +said(cell).replace(/,/g, "") || 0; });
      var most = Math.max.apply(null, counts);
      cells.forEach(function (cell, place) {
        if (counts[place]) { cell.style.setProperty("--share", 100 * counts[place] / most + "%"); }
      });
    });
  }

  // The words may stand in the row, in the heading above it or in the caption of its table. A row
  // with nothing behind its first cell is a heading: it stays where a row below it does.
  function filter(section, wanted) {
    var words = wanted.toLowerCase().split(/\s+/).filter(Boolean), shown = 0;
    section.querySelectorAll(".table").forEach(function (block) {
      var above = said(block.querySelector(".caption")), head = null, before = shown;
      block.querySelectorAll("tbody tr").forEach(function (row) {
        var heading = said(row) === said(row.cells[0]);
        var text = [above, said(head), row.textContent].join(" ").toLowerCase();
        var fits = words.every(function (word) { return text.indexOf(word) >= 0; });
        row.hidden = words.length && (heading || !fits);
        if (heading) { head = row; }
        if (heading || !fits) { return; }
        if (head) { head.hidden = false; }
        shown += 1;
      });
      block.hidden = shown === before;
    });
    return shown;
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("section[data-filter]").forEach(function (section) {
      var box = document.createElement("label"), field = document.createElement("input");
      var count = document.createElement("span");
      box.className = "filter";
      field.type = "search";
      count.className = "quiet";
      count.setAttribute("role", "status");
      box.append(section.dataset.filter, field, count);
      field.addEventListener("input", function () {
        var shown = filter(section, field.value);
        count.textContent = field.value.trim() && section.dataset.shown.replace("{n}", shown);
      });
      section.querySelector(".table").before(box);
      section.querySelectorAll("table").forEach(draw);
    });
  });
})();
