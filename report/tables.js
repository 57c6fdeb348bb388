/* The tables of the page as they leave it: copied for Word or LaTeX, saved as CSV. The page is read
   as grassroots/report/forms reads the tables for the files beside it; both give the same text. */
(function () {
  "use strict";
  var LONG = 35, WORDS = 30;
  var LOOKS = { I: "i", EM: "i", B: "b", STRONG: "b", SUP: "sup", SUB: "sub" };
  var RAISED = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻aᵃbᵇcᶜdᵈeᵉfᶠgᵍhʰiⁱjʲkᵏlˡmᵐnⁿoᵒpᵖrʳsˢtᵗuᵘvᵛwʷxˣyʸzᶻ";
  var WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6]/g;
  var FORMULA = /^[=+\-@\t\r＝＋－＠]/;
  var NUMBER = /^\u2212(?=[0-9.])(?=[0-9]*[.]?[0-9]*%?$)/;

  // A text as lines of runs; what is small or below a heading stands on a line of its own.
  function lines(node) {
    var found = [{ runs: [] }];
    function walk(one, looks) {
      one.childNodes.forEach(function (child) {
        if (child.nodeType === 3) { found[found.length - 1].runs.push([child.data, looks]); return; }
        if (child.nodeType !== 1 || child.classList.contains("files")) { return; }
        var indented = child.classList.contains("in");
        var own = child.tagName === "SMALL" || indented;
        var note = child.classList.contains("note-word") && child.closest(":lang(en)");
        var look = LOOKS[child.tagName] || (note ? "i" : "");
        if (own) { found.push({ runs: [], indented: indented }); }
        walk(child, look && looks.indexOf(look) < 0 ? looks.concat(look) : looks);
        if (own) { found.push({ runs: [] }); }
      });
    }
    if (node) { walk(node, []); }
    found.forEach(function (line) { line.runs = folded(line.runs); });
    return found.filter(function (line) { return line.runs.length; });
  }
  function folded(parts) {
    var runs = [];
    parts.forEach(function (part) {
      var text = part[0].replace(/[ \t\n\r\f]+/g, " "), last = runs[runs.length - 1];
      if (!last || / $/.test(last[0])) { text = text.replace(/^ /, ""); }
      if (!text) { return; }
      if (last && last[1].slice().sort().join() === part[1].slice().sort().join()) {
        last[0] += text;
      } else {
        runs.push([text, part[1]]);
      }
    });
    var end = runs[runs.length - 1];
    if (end && / $/.test(end[0])) {
      end[0] = end[0].slice(0, -1);
      if (!end[0]) { runs.pop(); }
    }
    return runs;
  }
  function plain(text, between) {
    return text.map(function (line) {
      return line.runs.map(function (run) {
        if (run[1].indexOf("sup") >= 0) {
          return Array.from(run[0], function (letter) {
            var at = RAISED.indexOf(letter);
            return at >= 0 && at % 2 === 0 ? RAISED[at + 1] : letter;
          }).join("");
        }
        return (run[1].indexOf("sub") >= 0 ? "_" : "") + run[0];
      }).join("");
    }).join(between);
  }

  function read(block) {
    function row(tr) {
      return Array.from(tr.cells, function (cell) {
        var right = getComputedStyle(cell).textAlign === "right";
        return { text: lines(cell), right: right };
      });
    }
    var rows = Array.from(block.querySelectorAll("tbody tr"));
    var name = block.id.replace(/^[a-z]+-table-/, "");
    return {
      language: block.closest(".edition").dataset.lang,
      file: name.replace(/[^A-Za-z0-9_.-]/g, "-"),
      label: plain(lines(block.querySelector("caption .label")), " "),
      caption: lines(block.querySelector("caption .caption")),
      columns: row(block.querySelector("thead tr")),
      rows: rows.map(row),
      ruled: rows.map(function (tr) { return tr.classList.contains("rule"); }),
      note: block.querySelector(".note-word") ? lines(block.querySelector(".note")) : [],
    };
  }

  function csv(table) {
    function quoted(text) { return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text; }
    function bare(cell) {
      var text = plain(cell.text, " ");
      if (NUMBER.test(text)) { return text.replace("\u2212", "-"); }
      return quoted((FORMULA.test(text) ? "'" : "") + text);
    }
    var written = [quoted((table.label + " " + plain(table.caption, " ")).trim())];
    [table.columns].concat(table.rows).forEach(function (row) { written.push(row.map(bare).join(",")); });
    if (table.note.length) { written.push(quoted(plain(table.note, " "))); }
    return written.join("\r\n") + "\r\n";
  }

  var COMMANDS = [["i", "textit"], ["b", "textbf"], ["sup", "textsuperscript"], ["sub", "textsubscript"]];
  function latex(table) {
    var characters = JSON.parse(document.getElementById("latex").textContent);
    function run(one) {
      var text = Array.from(one[0], function (letter) {
        return Object.hasOwn(characters, letter) ? characters[letter] : letter;
      }).join("");
      COMMANDS.forEach(function (each) {
        if (one[1].indexOf(each[0]) >= 0) { text = "\\" + each[1] + "{" + text + "}"; }
      });
      return text;
    }
    function line(one) { return (one.indented ? "\\quad " : "") + one.runs.map(run).join(""); }
    function guarded(text) { return /^[[*]/.test(text) ? "{}" + text : text; }
    function letters(one) {
      var text = one.runs.map(function (each) { return each[0]; }).join("");
      return Array.from(text).length + (text.match(WIDE) || []).length;
    }
    var wide = table.columns.map(function (column, place) {
      return !column.right && [table.columns].concat(table.rows).some(function (row) {
        return row[place].text.some(function (each) { return letters(each) > WORDS; });
      });
    });
    function cell(one, place) {
      var found = one.text.map(line);
      if (found.length < 2) { return found.join(""); }
      if (wide[place]) { return found.join("\\newline "); }
      var inner = [found[0]].concat(found.slice(1).map(guarded)).join("\\\\");
      return "\\makecell[" + (one.right ? "tr" : "tl") + "]{" + inner + "}";
    }
    function row(cells) {
      var texts = cells.map(cell);
      texts[0] = guarded(texts[0]);
      return texts.join(" & ") + " \\\\";
    }
    var columns = table.columns.map(function (column, place) {
      return wide[place] ? ">{\\raggedright\\arraybackslash}p{14em}" : column.right ? "r" : "l";
    }).join("");
    var rows = [];
    table.rows.forEach(function (cells, place) {
      if (table.ruled[place]) { rows.push("\\addlinespace"); }
      rows.push(row(cells));
    });
    var caption = "\\caption{" + table.caption.map(line).join(" ") + "}";
    var label = "\\label{tab:" + table.file + "}";
    var note = table.note.map(line).join(" ");
    var top = ["\\toprule", row(table.columns), "\\midrule"];
    var parts = table.rows.length > LONG
      ? [].concat(["\\begingroup", "\\footnotesize", "\\setlength{\\tabcolsep}{3pt}",
          "\\begin{longtable}{" + columns + "}", caption + label + " \\\\"], top, ["\\endfirsthead"],
          top, ["\\endhead", "\\bottomrule", "\\endlastfoot"], rows, ["\\end{longtable}"],
          note ? ["\\noindent " + note, ""] : [], ["\\endgroup"])
      : [].concat(["\\begin{table}[htbp]", "\\centering", caption, label,
          "\\begin{adjustbox}{max width=\\linewidth}", "\\begin{tabular}{" + columns + "}"], top, rows,
          ["\\bottomrule", "\\end{tabular}", "\\end{adjustbox}"],
          note ? ["", "\\smallskip", "\\begin{minipage}{\\linewidth}", "\\footnotesize " + note,
            "\\end{minipage}"] : [], ["\\end{table}"]);
    return ["% " + table.label].concat(parts).join("\n");
  }

  // Word keeps what stands in the style of each cell, and nothing of a stylesheet.
  function word(table) {
    var chinese = table.language === "zh";
    var font = "font-family:'Times New Roman',宋体,serif;mso-fareast-font-family:宋体;color:#000;";
    function escaped(text) { return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;"); }
    function html(text) {
      return text.map(function (each) {
        return (each.indented ? "&#160;&#160;" : "") + each.runs.map(function (one) {
          return one[1].reduce(function (inner, look) {
            return "<" + look + ">" + inner + "</" + look + ">";
          }, escaped(one[0]));
        }).join("");
      }).join("<br>");
    }
    function row(cells, tag, above, below) {
      return "<tr>" + cells.map(function (cell) {
        var style = font + "font-size:9pt;font-weight:normal;padding:2pt 5pt;border:none;text-align:" +
          (cell.right ? "right" : "left") + ";vertical-align:" + (tag === "th" ? "bottom" : "top") +
          (above ? ";border-top:" + above : "") + (below ? ";border-bottom:" + below : "");
        return "<" + tag + ' style="' + style + '">' + html(cell.text) + "</" + tag + ">";
      }).join("") + "</tr>";
    }
    var last = table.rows.length - 1;
    var caption = "<b>" + escaped(table.label) + "</b>" + (chinese ? "&#160;&#160;<b>" : "<br><i>") +
      html(table.caption) + (chinese ? "</b>" : "</i>");
    return '<meta charset="utf-8"><p style="' + font + "font-size:10.5pt;margin:0 0 4pt;text-align:" +
      (chinese ? "center" : "left") + '">' + caption + "</p>" +
      '<table style="border-collapse:collapse;' + (chinese ? "margin:0 auto" : "") + '"' +
      (chinese ? ' align="center"' : "") + "><thead>" +
      row(table.columns, "th", "1.5pt solid #000", last < 0 ? "1.5pt solid #000" : "0.75pt solid #000") +
      "</thead><tbody>" + table.rows.map(function (cells, place) {
        return row(cells, "td", table.ruled[place] ? "0.25pt solid #bfbfbf" : "",
          place === last ? "1.5pt solid #000" : "");
      }).join("") + "</tbody></table>" +
      (table.note.length ? '<p style="' + font + 'font-size:8.5pt;margin:4pt 0 0">' + html(table.note) + "</p>" : "");
  }
  function tabbed(table) {
    return [table.label + " " + plain(table.caption, " ")].concat(
      [table.columns].concat(table.rows).map(function (row) {
        return row.map(function (cell) { return plain(cell.text, " "); }).join("\t");
      }), table.note.length ? [plain(table.note, " ")] : []).join("\n");
  }

  // The event of copying takes the text as it is. ClipboardItem, for browsers that no longer send
  // that event, is made to pass by the page's own content security policy, which complains.
  function copy(kinds) {
    var taken = false, parts = {};
    function give(event) {
      Object.keys(kinds).forEach(function (kind) { event.clipboardData.setData(kind, kinds[kind]); });
      event.preventDefault();
      taken = true;
    }
    document.addEventListener("copy", give);
    try { taken = document.execCommand("copy") && taken; } catch (error) { taken = false; }
    document.removeEventListener("copy", give);
    if (taken) { return Promise.resolve(); }
    if (!navigator.clipboard || !window.ClipboardItem) { return Promise.reject(new Error("not copied")); }
    Object.keys(kinds).forEach(function (kind) { parts[kind] = new Blob([kinds[kind]], { type: kind }); });
    return navigator.clipboard.write([new ClipboardItem(parts)]);
  }
  function save(name, text) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff" + text], { type: "text/csv" }));
    link.download = name;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
    return Promise.resolve();
  }
  var ACTIONS = {
    word: function (table) { return copy({ "text/html": word(table), "text/plain": tabbed(table) }); },
    latex: function (table) { return copy({ "text/plain": latex(table) }); },
    csv: function (table) { return save(table.file + "." + table.language + ".csv", csv(table)); },
  };

  // One stop of the tab key for each table; the arrow keys go from button to button.
  function fit(block, template) {
    var tools = template.content.firstElementChild.cloneNode(true);
    tools.setAttribute("aria-labelledby", block.querySelector("caption").id);
    var buttons = Array.from(tools.querySelectorAll("button"));
    buttons.forEach(function (button, place) {
      button.tabIndex = place ? -1 : 0;
      button.addEventListener("click", function () {
        var label = button.dataset.label = button.dataset.label || button.textContent;
        ACTIONS[button.value](read(block)).then(function () {
          button.textContent = tools.dataset[button.value === "csv" ? "saved" : "done"];
        }, function () {
          button.textContent = tools.dataset.failed;
        }).then(function () {
          setTimeout(function () { button.textContent = label; }, 1600);
        });
      });
    });
    tools.addEventListener("keydown", function (event) {
      var step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) { return; }
      var at = (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length;
      buttons.forEach(function (button, place) { button.tabIndex = place === at ? 0 : -1; });
      buttons[at].focus();
      event.preventDefault();
    });
    block.append(tools);
  }
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll(".edition").forEach(function (edition) {
      var template = edition.querySelector("template.tools-of-a-table");
      if (!template) { return; }
      edition.querySelectorAll(".table[id*='-table-']").forEach(function (block) { fit(block, template); });
    });
  });
})();
