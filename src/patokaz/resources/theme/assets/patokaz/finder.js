/* The engine of search: reads an index that patokaz.search wrote and answers queries. A classic script: modules, workers and fetch do not
   work from file://. Nothing of a query is kept but the words expanded last, in memory. */
(function () {
  "use strict";

  var WORD = /[\p{L}\p{N}]+/gu;
  var PART = /[0-9]+|\p{L}+/gu;
  var LONGEST = 300; // characters of a query that are read
  var MOST_WORDS = 24;

  // How much a way to understand a word counts beside the word itself.
  var STEM = 0.85, SYNONYM = 0.8, FUZZY = 0.6, PREFIX = 0.55, READING = 0.95, FOREIGN = 0.85, STOP = 0.12;
  // How much of a page's match its sections share, and of a section's its page.
  var FROM_PAGE = 0.35, FROM_SECTION = 0.6;

  // Words: the table of rules (rules.toml) as functions.

  function pairs(listed) {
    var map = new Map();
    (listed || "").split(/\s+/).forEach(function (pair) {
      map.set(pair[0], pair.slice(2));
    });
    return map;
  }

  function replaced(text, letters) {
    var out = "";
    for (var letter of text) {
      out += letters.has(letter) ? letters.get(letter) : letter;
    }
    return out;
  }

  function steps(listed) {
    var done = (listed || []).map(function (rule) {
      if (rule[0] !== "cut") {
        var pattern = new RegExp(rule[0], "gu");
        return function (word) {
          return word.replace(pattern, rule[1]);
        };
      }
      var endings = rule[2].split(" ").sort(function (a, b) {
        return b.length - a.length;
      });
      return function (word) {
        for (var n = rule[3] || 1; n > 0; n--) {
          var ending = endings.find(function (e) {
            return word.length - e.length >= rule[1] && word.endsWith(e);
          });
          word = ending ? word.slice(0, -ending.length) : word;
        }
        return word;
      };
    });
    return function (word) {
      return done.reduce(function (now, step) {
        return step(now);
      }, word);
    };
  }

  function rulesOf(table, language) {
    var own = table.languages[language] || {};
    var letters = pairs(table.letters);
    pairs(own.letters).forEach(function (to, from) {
      letters.set(from, to);
    });
    var marks = new RegExp(table.marks, "gu"), invisible = new RegExp(table.invisible, "gu");
    var spelling = steps(own.skeleton), ending = steps(own.stem);
    var irregular = new Map(Object.entries(own.irregular || {}));
    var stop = new Set((own.stop || "").split(" "));

    function clean(text) {
      return text.normalize("NFC").replace(marks, "").replace(invisible, "");
    }

    function fold(text) {
      return replaced(clean(text.toLowerCase()), letters).normalize("NFD").replace(marks, "");
    }

    return {
      own: own,
      clean: clean,
      fold: fold,
      skeleton: function (word) {
        var folded = fold(word);
        return spelling(folded) || folded;
      },
      stem: function (skeleton) {
        if (/[0-9]/.test(skeleton)) {
          return skeleton;
        }
        var stem = ending(skeleton) || skeleton;
        return irregular.get(skeleton) || irregular.get(stem) || stem;
      },
      also: steps(own.also),
      stop: stop
    };
  }

  // Packed text: see patokaz.search.packing.

  var DIGITS = new Int8Array(128).fill(-1), BASE = 0;
  (function () {
    var signs = [];
    for (var code = 33; code < 127; code++) {
      if ('"\\~'.indexOf(String.fromCharCode(code)) < 0) {
        signs.push(code);
      }
    }
    BASE = signs.length >> 1;
    signs.slice(0, 2 * BASE).forEach(function (sign, n) {
      DIGITS[sign] = n;
    });
  })();

  function numbers(text) {
    var found = [], value = 0, unit = 1;
    for (var i = 0; i < text.length; i++) {
      var digit = DIGITS[text.charCodeAt(i)];
      value += (digit % BASE) * unit;
      unit *= BASE;
      if (digit >= BASE) {
        found.push(value);
        value = 0;
        unit = 1;
      }
    }
    return found;
  }

  function unpackWords(text) {
    var before = "";
    return text ? text.split(" ").map(function (part) {
      return (before = before.slice(0, parseInt(part[0], 36)) + part.slice(1));
    }) : [];
  }

  function unpackStems(words, text) {
    var at = 0;
    return words.map(function (word) {
      var start = at;
      while (DIGITS[text.charCodeAt(at)] < BASE) {
        at++;
      }
      var stem = word.slice(0, word.length - numbers(text.slice(start, ++at))[0]);
      if (text[at] === "~") {
        var end = text.indexOf("~", at + 1);
        stem += text.slice(at + 1, end);
        at = end + 1;
      }
      return stem;
    });
  }

  function grouped(keys) {
    var map = new Map();
    keys.forEach(function (key, n) {
      var known = map.get(key);
      if (known) {
        known.push(n);
      } else {
        map.set(key, [n]);
      }
    });
    return map;
  }

  // Slips of the thumb: distance with transpositions (OSA), given up beyond `most`.

  function letterMask(word) {
    var mask = 0;
    for (var i = 0; i < word.length; i++) {
      var code = word.charCodeAt(i);
      mask |= 1 << (code > 96 && code < 123 ? code - 97 : 26 + (code % 5));
    }
    return mask;
  }

  function ones(n) {
    n -= (n >>> 1) & 0x55555555;
    n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
    return (((n + (n >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
  }

  var rows = [[], [], []];

  function distance(a, b, most) {
    var before = rows[0], last = rows[1], row = rows[2], i, j;
    for (j = 0; j <= b.length; j++) {
      last[j] = j;
    }
    for (i = 1; i <= a.length; i++) {
      var least = (row[0] = i);
      for (j = 1; j <= b.length; j++) {
        var same = a[i - 1] === b[j - 1];
        var value = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          value = Math.min(value, before[j - 2] + 1);
        }
        row[j] = value;
        least = Math.min(least, value);
      }
      if (least > most) {
        return most + 1;
      }
      var free = before;
      before = last;
      last = row;
      row = free;
    }
    return last[b.length];
  }

  // One language's words of the index.

  function vocabularyOf(packed, rules) {
    var words = unpackWords(packed.words), stems = null, byStem = null, masks = null, sizes = null;
    var packedPostings = packed.postings.split(" "), known = new Map();

    function classes() {
      if (!byStem) {
        stems = unpackStems(words, packed.stems);
        byStem = grouped(stems);
        masks = Int32Array.from(words, letterMask);
        sizes = Uint8Array.from(words, function (word) {
          return word.length;
        });
      }
      return byStem;
    }

    function firstFrom(word) {
      var low = 0, high = words.length;
      while (low < high) {
        var middle = (low + high) >> 1;
        if (words[middle] < word) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    return {
      language: packed.language,
      rules: rules,
      words: words,
      exact: function (word) {
        var n = firstFrom(word);
        return words[n] === word ? n : -1;
      },
      ofStem: function (stem) {
        return classes().get(stem) || [];
      },
      stemOf: function (n) {
        classes();
        return stems[n];
      },
      withPrefix: function (prefix, most) {
        var found = [];
        for (var n = firstFrom(prefix); n < words.length && found.length < most && words[n].startsWith(prefix); n++) {
          found.push(n);
        }
        return found;
      },
      /** [[number, distance]] of words that differ by at most `most` slips. */
      near: function (word, most) {
        classes();
        var mask = letterMask(word), found = [];
        for (var n = 0; n < words.length; n++) {
          var longer = sizes[n] - word.length;
          if (longer <= most && longer >= -most && ones(mask ^ masks[n]) <= 2 * most) {
            var d = distance(word, words[n], most);
            if (d <= most) {
              found.push([n, d]);
            }
          }
        }
        return found;
      },
      /** How many entries a word stands in, nearly. */
      spread: function (n) {
        return packedPostings[n].length / 2;
      },
      postings: function (n) {
        var list = known.get(n);
        if (!list) {
          known.set(n, (list = numbers(packedPostings[n])));
        }
        return list;
      }
    };
  }

  // The engine.

  function finder(shard, common) {
    var table = common.rules, own = rulesOf(table, shard.language);
    var vocabularies = shard.vocabularies.map(function (packed, n) {
      return vocabularyOf(packed, n ? rulesOf(table, packed.language) : own);
    });
    var keyboard = pairs(own.own.keyboard), caps = pairs(table.caps);
    var before = new Set(table.before_numbers.split(" "));
    var LEVELS = shard.levels[0], STEP = shard.levels[1];
    var lengths = numbers(shard.lengths);
    var meanings = shard.meanings.split(" ");
    var names = Object.keys(common.names).map(function (language) {
      var ids = common.names[language][1].split(" "), map = new Map();
      unpackWords(common.names[language][0]).forEach(function (phrase, n) {
        map.set(phrase, ids[n]);
      });
      return {language: language, rules: rulesOf(table, language), phrases: map};
    });
    var entries = [], codes = new Map(), expanded = new Map();
    var shown = shard.shown.split("\n"), exchanged = new Map();
    for (var e = 0; e < shard.exchange.length; e += 2) {
      exchanged.set(shard.exchange[e], shard.exchange[e + 1]);
      exchanged.set(shard.exchange[e + 1], shard.exchange[e]);
    }

    /** [title, datum] of an entry. */
    function text(n) {
      return replaced(shown[n], exchanged).split("\t");
    }

    function at(list, packed) {
      return numbers(packed || "").map(function (n) {
        return list[n];
      });
    }

    shard.entries.split("\n").forEach(function (line, n) {
      var v = line.split("\t"), top = v[0][0] !== "#";
      var page = top ? n : entries[n - 1].page;
      var entry = {page: page, values: v, href: top ? v[0] : entries[page].href.replace(/#.*/, "") + v[0], status: ""};
      entry.document = top ? (at(shard.documents, v[3])[0] || "").split("|") : entries[page].document;
      entry.status = (at(shard.statuses, entry.document[2])[0] || ["", ""])[0];
      entry.kind = at(shard.kinds, v[1])[0][0];
      entries.push(entry);
      (v[2] || "").split("|").forEach(function (code) {
        if (code) {
          codes.set(code, (codes.get(code) || []).concat(n));
        }
      });
    });

    function codeKey(text) {
      return (own.fold(text).match(PART) || []).filter(function (part) {
        return !before.has(part);
      }).map(function (part) {
        return /^[0-9]/.test(part) ? part.replace(/^0+(?=.)/, "") : part;
      }).join(" ");
    }

    /** How a raw word may be meant: [[word, weight, rules]]. */
    function readings(raw) {
      var lower = raw.toLowerCase(), cyrillic = /[\u0400-\u04ff]/.test(lower), found = [lower];
      if (cyrillic !== !!own.own.cyrillic) {
        found.push(replaced(cyrillic ? replaced(lower, caps) : lower, keyboard));
      } else if (!own.own.cyrillic) {
        found.push(replaced(lower, keyboard));
      }
      return Array.from(new Set(found));
    }

    /** What a word may stand for: per vocabulary a map of its words → weight; `sure`: found without guessing. */
    function expand(raw, isLast) {
      var key = raw + (isLast ? " " : "");
      if (!expanded.has(key)) {
        if (expanded.size > 200) {
          expanded.clear();
        }
        expanded.set(key, expandNew(raw, isLast));
      }
      return expanded.get(key);
    }

    function expandNew(raw, isLast) {
      var result = {raw: raw, maps: [], sure: false, guess: null, stop: own.stop.has(own.skeleton(raw))};
      vocabularies.forEach(function (vocabulary, number) {
        var weights = new Map(), scale = number ? FOREIGN : 1, exact = false, surface = false;
        result.maps.push(weights);

        function add(n, weight) {
          if (!(weights.get(n) >= weight)) {
            weights.set(n, weight);
          }
        }

        (number ? [raw.toLowerCase()] : readings(raw)).forEach(function (word, which) {
          var spelled = vocabulary.rules.skeleton(word), n = vocabulary.exact(spelled);
          var part = scale * (which ? READING : 1);
          if (spelled.length < 2 && !/[0-9]/.test(spelled)) {
            return;
          }
          if (n >= 0) {
            add(n, part);
            exact = surface = true;
          }
          var stem = vocabulary.rules.stem(spelled), bare = number ? spelled : own.also(spelled);
          (bare === spelled || bare.length < 3 ? [stem] : [stem, vocabulary.rules.stem(bare)]).forEach(function (key) {
            vocabulary.ofStem(key).forEach(function (m) {
              add(m, part * STEM);
              exact = true;
            });
          });
          if (spelled.length > 1 && (isLast || spelled.length > 3)) {
            vocabulary.withPrefix(spelled, 80).forEach(function (m) {
              add(m, part * PREFIX * (exact && !isLast ? 0.5 : 1) * Math.max(0.3, spelled.length / vocabulary.words[m].length));
            });
          }
          if (!surface && spelled.length > 3 && !result.stop && !/[0-9]/.test(spelled) && !(number && result.sure)) {
            slips(vocabulary, spelled, stem, exact, part, add, number ? null : result);
          }
        });
        result.sure = result.sure || exact;
      });
      return result;
    }

    function slips(vocabulary, spelled, stem, exact, part, add, result) {
      var found = vocabulary.near(spelled, spelled.length > 7 ? 2 : 1);
      var least = Math.min.apply(null, found.map(function (pair) {
        return pair[1];
      }));
      var spread = Math.max.apply(null, found.map(function (pair) {
        return pair[1] === least ? vocabulary.spread(pair[0]) : 0;
      }));
      function rarity(n) {
        return Math.log(1 + entries.length / (n + 0.5));
      }
      found.forEach(function (pair) {
        var n = pair[0], d = pair[1], other = vocabulary.words[n];
        // Of words as near, the one that more entries have was more likely meant.
        var weight = part * FUZZY * (exact ? 0.8 : 1) * (1 - d / spelled.length) * (other[0] === spelled[0] ? 1 : 0.75) *
          (d === least ? 1 : 0.5) * Math.min(1, rarity(spread) / rarity(vocabulary.spread(n)));
        add(n, weight);
        if (result && !exact && (!result.guess || weight > result.guess[1])) {
          result.guess = [n, weight];
        }
        vocabulary.ofStem(vocabulary.stemOf(n)).forEach(function (m) {
          add(m, weight * STEM);
        });
      });
    }

    /** Concepts that words of the query name: [{from, to, number, language}]. */
    function understand(raw) {
      var found = [];
      names.forEach(function (spoken) {
        var stems = raw.map(function (word) {
          return (spoken.language === shard.language ? readings(word) : [word]).map(function (reading) {
            return spoken.rules.stem(spoken.rules.skeleton(reading));
          });
        });
        for (var from = 0; from < raw.length; from++) {
          for (var to = from + 1; to <= Math.min(raw.length, from + 5); to++) {
            (to - from > 1 ? [stems.slice(from, to).map(function (s) { return s[0]; }).join("_")] : stems[from]).forEach(function (phrase) {
              var packed = spoken.phrases.get(phrase), number = -1;
              numbers(packed || "").forEach(function (gap) {
                number += gap + 1;
                if (meanings[number]) {
                  found.push({from: from, to: to, number: number, language: spoken.language});
                }
              });
            });
          }
        }
      });
      return found;
    }

    function each(list, visit) {
      var entry = -1;
      for (var i = 0; i < list.length; i++) {
        var rest = list[i] % (2 * LEVELS);
        entry += (list[i] - rest) / (2 * LEVELS) + 1;
        visit(entry, ((rest >> 1) + 1) * STEP, rest & 1);
      }
    }

    function tokens(query) {
      var text = own.clean(query.slice(0, LONGEST));
      // Signs that stand where the language's keyboard has letters; at a word's end only where one stands inside a word too.
      if (/[[\]\\;'][a-z]|[a-z][[\]\\]/i.test(text)) {
        text = text.replace(/[[\]\\;']/g, function (sign, at) {
          return /[a-z]/i.test(text[at - 1] + text[at + 1]) && keyboard.get(sign) || sign;
        });
      }
      var raw = text.match(WORD) || [];
      var joined = (text.match(/[\p{L}\p{N}]+(?:[-\u2010\u2011][\p{L}\p{N}]+)+/gu) || []).map(function (word) {
        return word.match(WORD).join("");
      });
      return {raw: raw.slice(0, MOST_WORDS), joined: joined.slice(0, 4)};
    }

    function search(query, options) {
      var said = tokens(query), raw = said.raw, total = entries.length;
      var groups = raw.map(function (word, n) {
        return expand(word, n === raw.length - 1 && !/\s$/.test(query));
      });
      var content = groups.some(function (group) {
        return !group.stop;
      });
      said.joined.forEach(function (word) {
        var group = expand(word, false);
        if (group.sure) {
          groups.push(group);
        }
      });
      var concepts = understand(raw);
      var score = new Float32Array(total), covered = new Float32Array(total), titled = new Float32Array(total);
      var best = new Float32Array(total), title = new Float32Array(total), all = 0;

      groups.forEach(function (group, g) {
        best.fill(0);
        title.fill(0);
        group.maps.forEach(function (weights, which) {
          weights.forEach(function (weight, n) {
            each(vocabularies[which].postings(n), function (entry, impact, inTitle) {
              best[entry] = Math.max(best[entry], impact * weight);
              if (inTitle) {
                title[entry] = Math.max(title[entry], weight);
              }
            });
          });
        });
        concepts.forEach(function (concept) {
          if (g >= concept.from && g < concept.to) {
            var weight = SYNONYM / Math.sqrt(concept.to - concept.from);
            each(numbers(meanings[concept.number]), function (entry, impact, inTitle) {
              best[entry] = Math.max(best[entry], impact * weight);
              if (inTitle) {
                title[entry] = Math.max(title[entry], weight);
              }
            });
          }
        });
        share(best);
        var counts = content && group.stop ? STOP : 1;
        all += counts;
        for (var n = 0; n < total; n++) {
          if (best[n]) {
            score[n] += best[n] * counts;
            covered[n] += counts;
            titled[n] += title[n] * counts;
          }
        }
      });
      var found = [];
      for (var n = 0; n < total; n++) {
        if (score[n] && wanted(entries[n], options)) {
          var cover = covered[n] / all, whole = Math.min(1, titled[n] / Math.max(1, lengths[n])) * Math.min(1, titled[n] / all);
          found.push([score[n] * Math.sqrt(cover) * (1 + 0.5 * whole) * preferred(entries[n], options), n]);
        }
      }
      found.sort(function (a, b) {
        return b[0] - a[0] || a[1] - b[1];
      });
      return {found: found, groups: groups, concepts: concepts, raw: raw};
    }

    /** Sections share in what their page matches, and a page in what its best section does. */
    function share(best) {
      var n, page, sum = new Float32Array(best.length);
      for (n = 0; n < best.length; n++) {
        page = entries[n].page;
        sum[page] = Math.max(sum[page], best[n]);
      }
      for (n = 0; n < best.length; n++) {
        page = entries[n].page;
        if (entries[page].kind !== "page") { // entries of a register have nothing in common
          best[n] = n === page ? Math.max(best[n], FROM_SECTION * sum[n]) : Math.max(best[n], FROM_PAGE * best[page]);
        }
      }
    }

    function wanted(entry, options) {
      var roles = entry.values[5], persons = entry.values[6];
      return (!options.kind || options.kind === entry.kind) &&
        (options.all || entry.status !== "superseded") &&
        (!options.persons || !persons || has(shard.persons, persons, options.persons)) &&
        (!options.role || !roles || has(shard.roles, roles, options.role));
    }

    function has(list, packed, id) {
      return at(list, packed).some(function (item) {
        return item[0] === id;
      });
    }

    function preferred(entry, options) {
      return (options.role && entry.values[4] && has(shard.roles, entry.values[4], options.role) ? 1.3 : 1) *
        (entry.status === "in-force" || !entry.status ? 1 : entry.status === "superseded" ? 0.5 : 0.98);
    }

    function hit(n, groups) {
      var entry = entries[n], v = entry.values, title = text(n)[0];
      var source = (at(shard.phrases, v[9])[0] || "").split("|");
      return {
        number: n,
        kind: entry.kind,
        href: entry.href,
        title: title,
        marks: groups ? marks(title, groups) : [],
        context: entry.page === n ? "" : text(entry.page)[0],
        id: entry.document[0] || "",
        revision: entry.document[1] || "",
        status: (at(shard.statuses, entry.document[2])[0] || ["", ""])[1],
        who: at(shard.roles, v[4]).map(function (role) { return role[1]; }).join(", "),
        persons: at(shard.persons, v[6]).map(function (person) { return person[1]; }).join(", "),
        when: at(shard.phrases, v[7])[0] || "",
        form: at(shard.phrases, v[8])[0] || "",
        datum: text(n)[1] || "",
        source: source[0] ? {title: source[0], href: source[1]} : null,
        direct: false
      };
    }

    /** Where words of a title match the query, as UTF-16 offsets. */
    function marks(title, groups) {
      var found = [], match;
      WORD.lastIndex = 0;
      while ((match = WORD.exec(title))) {
        var n = vocabularies[0].exact(own.skeleton(match[0]));
        if (n >= 0 && groups.some(function (group) { return !group.stop && group.maps[0].get(n) > 0.25; })) {
          found.push([match.index, match.index + match[0].length]);
        }
      }
      return found;
    }

    /** The query with each word that nothing knows put right; "" where there is none, or none is near. */
    function instead(query, result) {
      var right = query, changed = false;
      result.groups.slice(0, result.raw.length).forEach(function (group, g) {
        var named = result.concepts.some(function (concept) {
          return g >= concept.from && g < concept.to;
        });
        if (!group.sure && !named && group.guess) {
          var word = written(group.guess[0]);
          if (word) {
            right = right.replace(group.raw, function () { return word; });
            changed = true;
          }
        }
      });
      return changed ? right : "";
    }

    /** A word of the vocabulary as a title writes it. */
    function written(n) {
      var word = "";
      each(vocabularies[0].postings(n), function (entry, impact, inTitle) {
        (word || !inTitle ? [] : text(entry)[0].match(WORD) || []).forEach(function (candidate) {
          if (own.skeleton(candidate) === vocabularies[0].words[n]) {
            word = candidate.toLowerCase();
          }
        });
      });
      return word;
    }

    function meaning(number) {
      var name = shard.means[number];
      return name[0] === "=" ? text(Number(name.slice(1)))[0] : name;
    }

    /** Words that were understood under another name: each once, the longest phrase first. */
    function understood(result) {
      var taken = new Set(), found = [];
      result.concepts.slice().sort(function (a, b) {
        return b.to - b.from - (a.to - a.from);
      }).forEach(function (concept) {
        var typed = result.raw.slice(concept.from, concept.to).join(" "), means = meaning(concept.number);
        var plain = typed.split(" ").every(function (word, n) {
          var group = result.groups[concept.from + n];
          return group.stop || (group.maps[0].size && group.sure && vocabularies[0].ofStem(own.stem(own.skeleton(word))).length);
        });
        if (!plain && !taken.has(concept.from) && found.length < 3) {
          taken.add(concept.from);
          found.push({typed: typed, means: means, language: concept.language});
        }
      });
      return found;
    }

    return {
      language: shard.language,
      words: shard.words,
      roles: shard.roles.map(idAndName),
      persons: shard.persons.map(idAndName),
      kinds: shard.kinds.map(idAndName).filter(function (kind) {
        return entries.some(function (entry) { return entry.kind === kind.id; });
      }),
      find: function (query, options) {
        options = options || {};
        var result = search(query, options);
        var named = (codes.get(codeKey(query)) || []).filter(function (n) { return wanted(entries[n], options); });
        var numbersFound = named.concat(result.found.map(function (pair) { return pair[1]; }).filter(function (n) {
          return named.indexOf(n) < 0;
        })).slice(0, options.most || 30);
        var hits = numbersFound.map(function (n) { return hit(n, result.groups); });
        hits.slice(0, named.length).forEach(function (one) { one.direct = true; });
        return {
          hits: hits,
          understood: hits.length ? understood(result) : [],
          instead: named.length ? "" : instead(query, result),
          urgent: hits.length || !result.raw.length ? [] : shard.urgent.map(function (n) { return hit(n, null); })
        };
      }
    };
  }

  function idAndName(pair) {
    return {id: pair[0], name: pair[1]};
  }

  var shard, common;

  function start() {
    if (shard && common) {
      window.patokazFinder = finder(shard, common);
      if (window.patokazFindReady) {
        window.patokazFindReady(window.patokazFinder);
      }
    }
  }

  window.patokazFind = function (values) {
    shard = values;
    start();
  };

  window.patokazFindCommon = function (values) {
    common = values;
    start();
  };
})();
