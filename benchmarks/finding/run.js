/* Answers queries with one engine: a task as JSON comes in, numbers of documents and times go out. See engines.py. */
const fs = require("fs");
const task = JSON.parse(fs.readFileSync(0, "utf8"));
const load = {
  patokaz() {
    global.window = {};
    require(task.scripts[0]);
    const start = performance.now();
    new Function("patokazFindCommon", task.common)(window.patokazFindCommon);
    new Function("patokazFind", task.index)(window.patokazFind);
    const engine = window.patokazFinder;
    const find = (query) => engine.find(query, {most: 60}).hits.map((hit) => hit.number);
    return [find, performance.now() - start];
  },
  lunr() {
    const lunr = require(task.scripts[0]);
    const start = performance.now();
    const docs = JSON.parse(task.index);
    const index = lunr(function () {
      // Its trimmer takes every letter outside ASCII for a sign; Material goes without it for other languages.
      this.pipeline.remove(lunr.trimmer);
      this.searchPipeline.remove(lunr.trimmer);
      this.ref("n");
      this.field("title", {boost: 1000});
      this.field("text");
      docs.forEach((doc, n) => this.add({n, ...doc}));
    });
    // As Material asks: every word, the last one also as a beginning.
    const find = (query) => {
      const words = query.replace(/[~^*:+-]/g, " ").split(/\s+/).filter(Boolean);
      return words.length ? index.search(words.join(" ") + "*").map((hit) => Number(hit.ref)) : [];
    };
    return [find, performance.now() - start];
  },
  minisearch() {
    const MiniSearch = require(task.scripts[0]);
    const start = performance.now();
    const docs = JSON.parse(task.index);
    const fields = ["title", "text", "others", "asks"];
    const index = new MiniSearch({idField: "n", fields});
    index.addAll(docs.map((doc, n) => ({n, ...doc})));
    const options = {prefix: true, fuzzy: 0.2, boost: {title: 6, asks: 3, others: 2}};
    const find = (query) => index.search(query, options).map((hit) => hit.id);
    return [find, performance.now() - start];
  },
};
const [find, loading] = load[task.engine]();
const times = [];
const found = task.queries.map(([, query]) => {
  find(query + " ");
  const start = performance.now();
  const numbers = find(query);
  times.push(performance.now() - start);
  return numbers.slice(0, 60);
});
process.stdout.write(JSON.stringify({found, times, load: loading}));
