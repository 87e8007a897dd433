/* The engine of search: reads an index that patokaz.search wrote and answers queries. A classic script: modules, workers and fetch do not
   work from file://. Nothing of a query is kept but the words expanded last, in memory. */
(function () {
  "use strict";

  let {min, max} = Math;
  let WORD = /[\p{L}\p{N}]+/gu;
  let PART = /\d+|\p{L}+/gu;
  let LONGEST = 300; // characters of a query that are read
  let MOST_WORDS = 24;

  // How much a way to understand a word counts beside the word itself.
  let STEM = 0.85, SYNONYM = 0.8, FUZZY = 0.6, PREFIX = 0.55, READING = 0.95, FOREIGN = 0.85, STOP = 0.2;
  // How much of a page's match its sections share, and of a section's its page.
  let FROM_PAGE = 0.35, FROM_SECTION = 0.6;
  // Who types is in the middle of something: what to do comes before the article that it rests on, the pathway that leads to it,
  // and the pathway's node that says the same in fewer words.
  let LAW = 0.85, NODE = 0.75;
  // How much more a page or a section counts whose whole title was typed and nothing else.
  let WHOLE_PAGE = 0.7, WHOLE_SECTION = 0.5;

  // Words: the table of rules (rules.toml) as functions.

  function pairs(listed) {
    let map = new Map();
    (listed || "").split(/\s+/).forEach((pair) => {
      map.set(pair[0], pair.slice(2));
    });
    return map;
  }

  function replaced(text, letters) {
    let out = "";
    for (let letter of text) {
      out += letters.has(letter) ? letters.get(letter) : letter;
    }
    return out;
  }

  function steps(listed) {
    let done = (listed || []).map((rule) => {
      if (rule[0] !== "cut") {
        let pattern = new RegExp(rule[0], "gu");
        return (word) => word.replace(pattern, rule[1]);
      }
      let endings = rule[2].split(" ").sort((a, b) => b.length - a.length);
      return (word) => {
        for (let n = rule[3] || 1; n > 0; n--) {
          let ending = endings.find((e) => word.length - e.length >= rule[1] && word.endsWith(e));
          word = ending ? word.slice(0, -ending.length) : word;
        }
        return word;
      };
    });
    return (word) => done.reduce((now, step) => step(now), word);
  }

  function rulesOf(table, language) {
    let own = table.languages[language] || {};
    let letters = new Map([...pairs(table.letters), ...pairs(own.letters)]);
    let marks = new RegExp(table.marks, "gu"), invisible = new RegExp(table.invisible, "gu");
    let spelling = steps(own.skeleton), ending = steps(own.stem);
    let irregular = new Map(Object.entries(own.irregular || {}));
    let stop = new Set((own.stop || "").split(" "));

    function clean(text) {
      return text.normalize("NFC").replace(marks, "").replace(invisible, "");
    }

    function fold(text) {
      return replaced(clean(text.toLowerCase()), letters).normalize("NFD").replace(marks, "");
    }

    return {
      ...own,
      clean: clean,
      fold: fold,
      skeleton: (word) => {
        let folded = fold(word);
        return spelling(folded) || folded;
      },
      stem: (skeleton) => {
        if (/\d/.test(skeleton)) {
          return skeleton;
        }
        let stem = ending(skeleton) || skeleton;
        return irregular.get(skeleton) || irregular.get(stem) || stem;
      },
      also: steps(own.also),
      stop: stop
    };
  }

  // Packed text: see patokaz.search.packing.

  let digits = [], base = 0;

  function numbers(text = "") {
    let found = [], value = 0, unit = 1;
    for (let i = 0; i < text.length; i++) {
      let digit = digits[text.charCodeAt(i)];
      value += (digit % base) * unit;
      unit *= base;
      if (digit >= base) {
        found.push(value);
        value = 0;
        unit = 1;
      }
    }
    return found;
  }

  function unpackWords(text) {
    let before = "";
    return text ? text.split(" ").map((part) => (before = before.slice(0, parseInt(part[0], 36)) + part.slice(1))) : [];
  }

  function unpackStems(words, text) {
    let at = 0;
    return words.map((word) => {
      let cut = 0, unit = 1, digit;
      do {
        digit = digits[text.charCodeAt(at++)];
        cut += (digit % base) * unit;
        unit *= base;
      } while (digit < base);
      let stem = word.slice(0, word.length - cut);
      if (text[at] === "~") {
        let end = text.indexOf("~", at + 1);
        stem += text.slice(at + 1, end);
        at = end + 1;
      }
      return stem;
    });
  }

  /** The first place in sorted words where `word` stands or would stand. */
  function firstFrom(words, word) {
    let low = 0, high = words.length;
    while (low < high) {
      let middle = (low + high) >> 1;
      if (words[middle] < word) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  function exact(words, word) {
    let n = firstFrom(words, word);
    return words[n] === word ? n : -1;
  }

  // Slips of the thumb: distance with transpositions (OSA), given up beyond `most`.

  function letterMask(word) {
    let mask = 0;
    for (let i = 0; i < word.length; i++) {
      let code = word.charCodeAt(i);
      mask |= 1 << (code > 96 && code < 123 ? code - 97 : 26 + (code % 5));
    }
    return mask;
  }

  function ones(mask) {
    let count = 0;
    for (; mask; count++) {
      mask &= mask - 1;
    }
    return count;
  }

  let rows = [[], [], []];

  function distance(a, b, most) {
    let before = rows[0], last = rows[1], row = rows[2], i, j;
    for (j = 0; j <= b.length; j++) {
      last[j] = j;
    }
    for (i = 1; i <= a.length; i++) {
      let least = (row[0] = i);
      for (j = 1; j <= b.length; j++) {
        let value = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          value = min(value, before[j - 2] + 1);
        }
        row[j] = value;
        least = min(least, value);
      }
      if (least > most) {
        return most + 1;
      }
      let free = before;
      before = last;
      last = row;
      row = free;
    }
    return last[b.length];
  }

  // One language's words of the index.

  function vocabularyOf(packed, rules) {
    let words = unpackWords(packed.words), byStem, same = [], masks;
    let packedPostings = packed.postings.split(" "), known = new Map();

    return {
      rules,
      words,
      ofStem: (stem) => {
        if (!byStem) {
          byStem = new Map();
          // Words of one stem are a chain: from each to the one before it.
          unpackStems(words, packed.stems).forEach((own, n) => {
            same.push(byStem.get(own));
            byStem.set(own, n);
          });
        }
        let found = [];
        for (let n = byStem.get(stem); n >= 0; n = same[n]) {
          found.push(n);
        }
        return found;
      },
      withPrefix: (prefix, most) => {
        let found = [];
        for (let n = firstFrom(words, prefix); n < words.length && found.length < most && words[n].startsWith(prefix); n++) {
          found.push(n);
        }
        return found;
      },
      /** [[number, distance]] of words that differ by at most `most` slips. */
      near: (word, most) => {
        masks = masks || Int32Array.from(words, letterMask);
        let mask = letterMask(word), found = [];
        for (let n = 0; n < words.length; n++) {
          let longer = words[n].length - word.length;
          if (longer <= most && longer >= -most && ones(mask ^ masks[n]) <= 2 * most) {
            let d = distance(word, words[n], most);
            if (d <= most) {
              found.push([n, d]);
            }
          }
        }
        return found;
      },
      /** How many entries a word stands in, nearly. */
      spread: (n) => packedPostings[n].length / 2,
      postings: (n) => {
        let list = known.get(n);
        if (!list) {
          known.set(n, (list = numbers(packedPostings[n])));
        }
        return list;
      }
    };
  }

  // The engine.

  function finder(shard, common) {
    base = common.signs.length / 2;
    [...common.signs].forEach((sign, n) => (digits[sign.charCodeAt()] = n));
    let table = common.rules, spoken = {};
    let rulesFor = (language) => (spoken[language] = spoken[language] || rulesOf(table, language));
    let own = rulesFor(shard.language);
    let vocabularies = shard.vocabularies.map((packed) => vocabularyOf(packed, rulesFor(packed.language)));
    let keyboard = pairs(own.keyboard), caps = pairs(table.caps);
    let before = new Set(table.before_numbers.split(" "));
    let [LEVELS, STEP] = shard.levels;
    let lengths = numbers(shard.lengths);
    let meanings = shard.meanings.split(" ");
    let names = Object.keys(common.names).map((language) => {
      let [phrases, ids] = common.names[language];
      return {language, rules: rulesFor(language), phrases: unpackWords(phrases), ids: ids.split(" ")};
    });
    // Entries by number: lines, of each the number of its page, and what was made of those that were asked for.
    let lines = shard.entries.match(/.+/g) || [], pages = [], entries = [], page, expanded = new Map();
    lines.forEach((line, n) => pages.push(line[0] === "#" ? page : (page = n)));
    let shown = shard.shown.split("\n"), exchanged = pairs(shard.exchange);
    [...exchanged].forEach((pair) => exchanged.set(pair[1], pair[0]));

    /** [title, datum] of an entry. */
    function text(n) {
      return replaced(shown[n], exchanged).split("\t");
    }

    /** Items of a list by their packed numbers; unpacked once, for many entries have the same. */
    function at(list, packed = "") {
      let known = (list.known = list.known || new Map());
      if (!known.has(packed)) {
        known.set(packed, numbers(packed).map((n) => list[n]));
      }
      return known.get(packed);
    }

    function entry(n) {
      if (!entries[n]) {
        let v = lines[n].split("\t"), top = pages[n] === n || entry(pages[n]);
        let document = top.document || (at(shard.documents, v[3])[0] || "||").split("|");
        entries[n] = {
          values: v,
          href: (top.href || "") + v[0],
          document,
          status: at(shard.statuses, document[2]).map((item) => item.id).join(),
          kind: at(shard.kinds, v[1])[0].id
        };
      }
      return entries[n];
    }

    /** Entries that a direct name leads to. */
    function direct(query) {
      let parts = (own.fold(query).match(PART) || []).filter((part) => !before.has(part)), found = [];
      let key = parts.map((part) => part.replace(/^0+(?=\d)/, "")).join(" ");
      lines.forEach((line, n) => {
        if (key && line.includes(key) && (line.split("\t")[2] || "").split("|").includes(key)) {
          found.push(n);
        }
      });
      return found;
    }

    /** How a raw word may be meant: [[word, weight, rules]]. */
    function readings(raw) {
      let lower = raw.toLowerCase(), cyrillic = /[\u0400-\u04ff]/.test(lower);
      let keys = cyrillic && !own.cyrillic ? replaced(lower, caps) : lower;
      return [...new Set([lower, cyrillic && own.cyrillic ? lower : replaced(keys, keyboard)])];
    }

    /** What a word may stand for: per vocabulary a map of its words → weight; `sure`: found without guessing. */
    function expand(raw, isLast) {
      let key = raw + (isLast ? " " : "");
      if (!expanded.has(key)) {
        if (expanded.size > 200) {
          expanded.clear();
        }
        expanded.set(key, expandNew(raw, isLast));
      }
      return expanded.get(key);
    }

    function expandNew(raw, isLast) {
      let result = {raw, maps: [], sure: false, stop: own.stop.has(own.skeleton(raw))};
      vocabularies.forEach((vocabulary, number) => {
        let weights = new Map(), scale = number ? FOREIGN : 1, known = false, surface = false;
        result.maps.push(weights);

        function add(n, weight) {
          if (!(weights.get(n) >= weight)) {
            weights.set(n, weight);
          }
        }

        (number ? [raw.toLowerCase()] : readings(raw)).forEach((word, which) => {
          let spelled = vocabulary.rules.skeleton(word), n = exact(vocabulary.words, spelled);
          let part = scale * (which ? READING : 1);
          if (spelled.length < 2 && !/\d/.test(spelled)) {
            return;
          }
          if (n >= 0) {
            add(n, part);
            known = surface = true;
          }
          let stem = vocabulary.rules.stem(spelled), bare = number ? spelled : own.also(spelled);
          (bare === spelled || bare.length < 3 ? [stem] : [stem, vocabulary.rules.stem(bare)]).forEach((key) => {
            vocabulary.ofStem(key).forEach((m) => {
              add(m, part * STEM);
              known = true;
            });
          });
          if (spelled.length > 1 && (isLast || spelled.length > 3)) {
            vocabulary.withPrefix(spelled, 80).forEach((m) => {
              add(m, part * PREFIX * (known && !isLast ? 0.5 : 1) * max(0.3, spelled.length / vocabulary.words[m].length));
            });
          }
          if (!surface && spelled.length > 3 && !result.stop && !/\d/.test(spelled) && !(number && result.sure)) {
            slips(vocabulary, spelled, known, part, add, number ? null : result);
          }
        });
        result.sure = result.sure || known;
      });
      return result;
    }

    function slips(vocabulary, spelled, known, part, add, result) {
      let found = vocabulary.near(spelled, spelled.length > 7 ? 2 : 1);
      let least = min(...found.map((pair) => pair[1]));
      let rarity = (n) => Math.log(1 + lines.length / (vocabulary.spread(n) + 0.5));
      let usual = min(...found.map((pair) => pair[1] > least ? 99 : rarity(pair[0])));
      found.forEach((pair) => {
        let [n, d] = pair, other = vocabulary.words[n];
        // Of words as near, the one that more entries have was more likely meant.
        let weight = part * FUZZY * (known ? 0.8 : 1) * (1 - d / spelled.length) * (other[0] === spelled[0] ? 1 : 0.75) *
          (d === least ? 1 : 0.5) * min(1, usual / rarity(n));
        add(n, weight);
        if (result && !known && (!result.guess || weight > result.guess[1])) {
          result.guess = [n, weight];
        }
        vocabulary.ofStem(vocabulary.rules.stem(other)).forEach((m) => {
          add(m, weight * STEM);
        });
      });
    }

    /** Concepts that words of the query name: [{from, to, number, language}]. */
    function understand(raw) {
      let found = [];
      names.forEach((spoken) => {
        let said = [];
        raw.forEach((word, at) => {
          let keys = (spoken.language === shard.language ? readings(word) : [word]).map(spoken.rules.skeleton).filter((key) => {
            return (key[1] || /\d/.test(key)) && !spoken.rules.stop.has(key);
          });
          if (keys[0]) {
            said.push([at, keys.map(spoken.rules.stem)]);
          }
        });
        said.forEach((first, from) => {
          for (let to = from + 1; to <= said.length && to < from + 6; to++) {
            (to - from > 1 ? [said.slice(from, to).map((one) => one[1][0]).join("_")] : first[1]).forEach((phrase) => {
              let number = -1;
              numbers(spoken.ids[exact(spoken.phrases, phrase)]).forEach((gap) => {
                number += gap + 1;
                if (meanings[number]) {
                  found.push({from: first[0], to: said[to - 1][0] + 1, number, language: spoken.language});
                }
              });
            });
          }
        });
      });
      return found;
    }

    function each(list, visit) {
      let entry = -1;
      for (let i = 0; i < list.length; i++) {
        let rest = list[i] % (2 * LEVELS);
        entry += (list[i] - rest) / (2 * LEVELS) + 1;
        visit(entry, ((rest >> 1) + 1) * STEP, rest & 1);
      }
    }

    function search(query, options) {
      let text = own.clean(query);
      // Signs that stand where the language's keyboard has letters; at a word's end only where one stands inside a word too.
      if (/[[\]\\;'][a-z]|[a-z][[\]\\]/i.test(text)) {
        text = text.replace(/[[\]\\;']/g, (sign, at) => /[a-z]/i.test(text[at - 1] + text[at + 1]) && keyboard.get(sign) || sign);
      }
      let raw = (text.match(WORD) || []).slice(0, MOST_WORDS);
      let groups = raw.map((word, n) => expand(word, n === raw.length - 1 && !/\s$/.test(query)));
      let content = groups.some((group) => !group.stop);
      (text.match(/\S+[-\u2010\u2011]\S+/g) || []).slice(0, 4).forEach((word) => {
        let group = expand((word.match(WORD) || []).join(""));
        if (group.sure) {
          groups.push(group);
        }
      });
      let concepts = understand(raw);
      let [score, covered, titled, best, title] = [0, 0, 0, 0, 0].map(() => new Float32Array(lines.length)), all = 0;

      function reach(list, weight) {
        each(list, (entry, impact, inTitle) => {
          best[entry] = max(best[entry], impact * weight);
          if (inTitle) {
            title[entry] = max(title[entry], weight);
          }
        });
      }

      groups.forEach((group, g) => {
        best.fill(0);
        title.fill(0);
        group.maps.forEach((weights, which) => {
          weights.forEach((weight, n) => reach(vocabularies[which].postings(n), weight));
        });
        concepts.forEach((concept) => {
          if (g >= concept.from && g < concept.to) {
            reach(numbers(meanings[concept.number]), SYNONYM / Math.sqrt(concept.to - concept.from));
          }
        });
        share(best);
        let counts = content && group.stop ? STOP : 1;
        all += counts;
        for (let n = 0; n < best.length; n++) {
          if (best[n]) {
            score[n] += best[n] * counts;
            covered[n] += counts;
            titled[n] += title[n] * counts;
          }
        }
      });
      let found = [];
      for (let n = 0; n < score.length; n++) {
        if (score[n] && wanted(n, options)) {
          let cover = covered[n] / all, whole = min(1, titled[n] / max(1, lengths[n])) ** 2 * min(1, titled[n] / all);
          found.push([score[n] * Math.sqrt(cover) * (1 + (pages[n] === n ? WHOLE_PAGE : WHOLE_SECTION) * whole) * preferred(n, options), n]);
        }
      }
      found.sort((a, b) => b[0] - a[0] || a[1] - b[1]);
      return {found, groups, concepts, raw};
    }

    /** Sections share in what their page matches, and a page in what its best section does. */
    function share(best) {
      let sections = new Float32Array(best.length);
      for (let n = 0; n < best.length; n++) {
        sections[pages[n]] = max(sections[pages[n]], best[n]);
      }
      for (let n = 0; n < best.length; n++) {
        let page = pages[n];
        // Entries of a register have nothing in common.
        if (sections[page] && entry(page).kind !== "page") {
          best[n] = max(best[n], n === page ? FROM_SECTION * sections[n] : FROM_PAGE * best[page]);
        }
      }
    }

    function wanted(n, options) {
      return (options.all || entry(pages[n]).status !== "superseded") &&
        (!options.kind || options.kind === entry(n).kind) &&
        fits(shard.persons, n, 6, options.persons) && fits(shard.roles, n, 5, options.role);
    }

    /** Whether an entry is for all, or for the one that was chosen. */
    function fits(list, n, column, id) {
      let packed = id && entry(n).values[column];
      return !packed || has(list, packed, id);
    }

    function has(list, packed, id) {
      return at(list, packed).some((item) => item.id === id);
    }

    /** What acts for the reader comes first; what is in force before drafts, and what is superseded last. */
    function preferred(n, options) {
      let {status, kind} = entry(pages[n]);
      return (kind === "pathway" && pages[n] !== n ? NODE : /law|pathway/.test(kind) ? LAW : 1) *
        (options.role && has(shard.roles, entry(n).values[4], options.role) ? 1.3 : 1) *
        (status === "superseded" ? 0.5 : status && status !== "in-force" ? 0.98 : 1);
    }

    function hit(n, groups, direct) {
      let {values: v, kind, href, document} = entry(n), page = pages[n], [title, datum = ""] = text(n);
      let [id, revision, status] = document, [source, there] = at(shard.phrases, v[9]).join().split("|");
      return {
        number: n,
        kind,
        href,
        title,
        get marks() {
          return groups ? marks(title, groups) : [];
        },
        context: page === n || entry(page).kind === "page" ? "" : text(page)[0],
        id,
        revision,
        status: named(shard.statuses, status),
        who: named(shard.roles, v[4]),
        persons: named(shard.persons, v[6]),
        when: at(shard.phrases, v[7]).join(),
        form: at(shard.phrases, v[8]).join(),
        datum,
        source: source && {title: source, href: there},
        direct
      };
    }

    function named(list, packed) {
      return at(list, packed).map((item) => item.name).join(", ");
    }

    /** Where words of a title match the query, as UTF-16 offsets. */
    function marks(title, groups) {
      let found = [];
      title.replace(WORD, (word, at) => {
        let n = exact(vocabularies[0].words, own.skeleton(word));
        if (n >= 0 && groups.some((group) => !group.stop && group.maps[0].get(n) > 0.25)) {
          found.push([at, at + word.length]);
        }
      });
      return found;
    }

    /** The query with each word that nothing knows put right; "" where there is none, or none is near. */
    function instead(query, result) {
      let right = query, changed = false;
      result.groups.slice(0, result.raw.length).forEach((group, g) => {
        let named = result.concepts.some((concept) => g >= concept.from && g < concept.to);
        if (!group.sure && !named && group.guess) {
          let word = written(group.guess[0]);
          if (word) {
            right = right.replace(group.raw, () => word);
            changed = true;
          }
        }
      });
      return changed ? right : "";
    }

    /** A word of the vocabulary as a title writes it. */
    function written(n) {
      let word = "";
      each(vocabularies[0].postings(n), (entry, impact, inTitle) => {
        (word || !inTitle ? [] : text(entry)[0].match(WORD) || []).forEach((candidate) => {
          if (own.skeleton(candidate) === vocabularies[0].words[n]) {
            word = candidate.toLowerCase();
          }
        });
      });
      return word;
    }

    function meaning(number) {
      let name = shard.means[number];
      return name[0] === "=" ? text(+name.slice(1))[0] : name;
    }

    /** Words that were understood under another name: each once, the longest phrase first. */
    function understood(result) {
      let taken = new Set(), found = [];
      result.concepts.sort((a, b) => b.to - b.from - (a.to - a.from)).forEach((concept) => {
        let typed = result.raw.slice(concept.from, concept.to).join(" "), means = meaning(concept.number);
        // Who typed words that the texts use needs no explanation.
        let plain = typed.split(" ").every((word) => vocabularies[0].ofStem(own.stem(own.skeleton(word))).length);
        if (!plain && !taken.has(concept.from) && found.length < 3) {
          taken.add(concept.from);
          found.push({typed, means, language: concept.language});
        }
      });
      return found;
    }

    return {
      ...shard,
      find: (query, options = {}) => {
        query = query.slice(0, LONGEST);
        let result = search(query, options);
        let named = direct(query).filter((n) => wanted(n, options));
        let found = new Set(named.concat(result.found.map((pair) => pair[1])));
        let hits = [...found].slice(0, options.most || 30).map((n, place) => hit(n, result.groups, place < named.length));
        return {
          hits,
          understood: hits.length ? understood(result) : [],
          instead: named.length ? "" : instead(query, result),
          urgent: hits.length || !result.raw.length ? [] : shard.urgent.map((n) => hit(n))
        };
      }
    };
  }

  let shard, common;

  function start() {
    if (shard && common) {
      (window.patokazFindReady || String)((window.patokazFinder = finder(shard, common)));
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
