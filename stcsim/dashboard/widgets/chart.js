// A chart: ECharts drawn as SVG. It holds no colour of its own: all are custom properties of the page (style.css), so
// that light, dark and print look as the page does, and every mark has the tone that its background needs.

const LIBRARY = "/echarts@5.4.0/dist/echarts.esm.min.js";
const NARROW = 480; // px below which `narrow` is merged into the option
const FAMILY = "Roboto, system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif";
// What files are read with may lack the page's own font, and measures otherwise then.
const COMMON = "system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif";
const MINUS = "\u2212";

// --- numbers and texts: functions cannot be sent, so an option names them ("=percent")

const digits = (x, n) => x.toLocaleString("en", { maximumSignificantDigits: n });
const signed = (x, text) => (x > 0 ? "+" : x < 0 ? MINUS : "") + text;
const finite = f => x => {
  const value = Array.isArray(x) ? x[x.length - 1] : x;
  return typeof value === "number" && Number.isFinite(value) ? f(value) : value == null || value === "-" ? "–" : String(value);
};
const plain = x => (x < 0 ? MINUS : "") + digits(Math.abs(x), 3);
const escaped = text => String(text).replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`);
const tip = one => (one.data && one.data.tip) ?? one.name ?? "";
const FORMATS = {
  "=number": finite(plain),
  "=signed": finite(x => signed(x, digits(Math.abs(x), 3))),
  "=share": finite(x => `${x < 0 ? MINUS : ""}${digits(Math.abs(100 * x), 3)}%`),
  "=percent": finite(x => `${signed(x, digits(Math.abs(100 * x), 3))}%`),
  "=tip": found => {
    const lines = (Array.isArray(found) ? found : [found]).map(tip).filter(Boolean);
    return lines.map(line => escaped(line).replace(/\n/g, "<br>")).join("<br>");
  },
};

// --- colours

const HEX = /^#[0-9a-f]{6}$/i;
const WRITTEN = /label|text/i;

function reader(element) {
  const style = getComputedStyle(element);
  return name => style.getPropertyValue(name).trim();
}

// Colours of words need more contrast than those of marks.
function painted(value, read, written = false) {
  if (typeof value === "string") {
    if (value in FORMATS) return FORMATS[value];
    if (value.startsWith("var(")) return read(value.slice(4, -1).trim()) || "#888888";
    if (!HEX.test(value)) return value;
    const name = value.slice(1).toLowerCase();
    return (written && read(`--word-${name}`)) || read(`--tone-${name}`) || value;
  }
  if (Array.isArray(value)) return value.map(item => painted(item, read, written));
  if (value && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, painted(item, read, written || WRITTEN.test(key))]),
    );
  }
  return value;
}

function themed(read, family = FAMILY) {
  const ink = read("--ink"), grey = read("--grey"), line = read("--line"), paper = read("--card");
  const font = { fontFamily: family };
  const axis = {
    axisLine: { lineStyle: { color: line } },
    axisTick: { lineStyle: { color: line } },
    axisLabel: { color: grey, fontSize: 12 },
    nameTextStyle: { color: grey, fontSize: 12 },
    splitLine: { lineStyle: { color: [read("--rule")] } },
    minorSplitLine: { lineStyle: { color: read("--rule") } },
  };
  const words = { color: ink, textBorderColor: "transparent", textBorderWidth: 0 };
  return {
    color: ["0072b2", "d55e00", "009e73", "cc79a7", "e69f00", "56b4e9", "8a6d00"].map(c => read(`--tone-${c}`)),
    backgroundColor: "transparent",
    textStyle: { color: ink, fontSize: 12, ...font },
    categoryAxis: { ...axis, splitLine: { ...axis.splitLine, show: false } },
    valueAxis: { ...axis, axisLine: { show: false } },
    logAxis: axis,
    timeAxis: axis,
    legend: { textStyle: { color: ink, fontSize: 12 }, inactiveColor: grey, pageIconColor: ink, pageTextStyle: { color: grey } },
    tooltip: {
      backgroundColor: paper,
      borderColor: line,
      borderWidth: 1,
      textStyle: { color: ink, fontSize: 13, ...font },
      extraCssText: "box-shadow:none;max-width:min(360px,80vw);white-space:normal;font-variant-numeric:tabular-nums",
      axisPointer: { lineStyle: { color: grey }, crossStyle: { color: grey } },
      confine: true,
    },
    line: { label: words, endLabel: words },
    scatter: { label: words },
    bar: { label: words },
    heatmap: { label: {} },
    sankey: { label: words, lineStyle: { color: grey, opacity: 0.3 } },
    graph: { label: words, lineStyle: { color: grey } },
    markLine: { label: { color: grey }, lineStyle: { color: grey } },
    visualMap: { textStyle: { color: grey } },
    dataZoom: { textStyle: { color: grey }, borderColor: line },
  };
}

// --- options

// Keys are merged; of lists with entries that have keys, entry by entry; everything else is replaced.
function merged(base, over) {
  if (Array.isArray(base) && Array.isArray(over) && over.every(item => item && typeof item === "object" && !Array.isArray(item))) {
    return base.map((item, i) => (i < over.length ? merged(item, over[i]) : item)).concat(over.slice(base.length));
  }
  if (base && over && typeof base === "object" && typeof over === "object" && !Array.isArray(base) && !Array.isArray(over)) {
    const result = { ...base };
    for (const [key, value] of Object.entries(over)) result[key] = key in base ? merged(base[key], value) : value;
    return result;
  }
  return over;
}

const list = value => (Array.isArray(value) ? value : value ? [value] : []);
const shape = option => JSON.stringify([Object.keys(option).sort(), list(option.series).map(s => [s.id, s.type, s.name])]);

// --- files

function broken(text, room, font) {
  const context = document.createElement("canvas").getContext("2d");
  context.font = font;
  const lines = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && context.measureText(longer).width <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

// One document: title, subtitle and drawing on white, whatever the page looks like.
function sheet(echarts, model, width) {
  const light = document.createElement("div");
  light.className = "st-light";
  light.style.display = "none";
  document.body.append(light);
  const read = reader(light), family = COMMON, height = model.get("height");
  try {
    const canvas = echarts.init(null, themed(read, family), { renderer: "svg", ssr: true, width, height });
    canvas.setOption({ ...painted(wanted(model, width), read), animation: false });
    const drawing = canvas.renderToSVGString();
    canvas.dispose();
    let top = 12, words = "";
    for (const [text, size, weight, colour] of [
      [model.get("title"), 16, 700, read("--ink")],
      [model.get("subtitle"), 12, 400, read("--grey")],
    ]) {
      for (const line of broken(text, width - 24, `${weight} ${size}px ${family}`)) {
        words += `<text x="12" y="${top + size}" font-size="${size}" font-weight="${weight}" fill="${colour}">${escaped(line)}</text>`;
        top += size * 1.4;
      }
    }
    top += 8;
    const whole = top + height;
    return {
      width,
      height: whole,
      text:
        `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${whole}" viewBox="0 0 ${width} ${whole}" ` +
        `role="img" font-family="${escaped(family)}"><title>${escaped(model.get("title"))}</title>` +
        `<desc>${escaped(model.get("label"))}</desc><rect width="100%" height="100%" fill="#ffffff"/>${words}` +
        `${drawing.replace("<svg ", `<svg y="${top}" `)}</svg>\n`,
    };
  } finally {
    light.remove();
  }
}

function wanted(model, width) {
  const narrow = model.get("narrow");
  return width < NARROW && Object.keys(narrow).length ? merged(model.get("option"), narrow) : model.get("option");
}

// --- the widget

async function render({ model, el }) {
  const div = document.createElement("div");
  div.className = "st-chart";
  div.setAttribute("role", "img");
  el.append(div);
  let echarts, chart, before = "", gone = false;

  function place() {
    div.dataset.chart = model.get("name");
    div.setAttribute("aria-label", model.get("label"));
    div.style.height = `${model.get("height")}px`;
    div.style.cursor = "";
  }

  function draw() {
    if (!chart || gone) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const option = painted(wanted(model, div.clientWidth), reader(div));
    if (option.xAxis && !option.grid) option.grid = { left: 8, right: 20, top: 20, bottom: 12, containLabel: true };
    const now = shape(option);
    if (!("animation" in option)) Object.assign(option, still ? { animation: false } : { animationDuration: 250, animationDurationUpdate: 250 });
    // Zoom and the way from one state to the next are kept where the same series go on.
    chart.setOption(option, now === before ? { replaceMerge: ["series"] } : { notMerge: true });
    before = now;
    div.dataset.ready = "1";
  }

  function begin() {
    if (gone || !echarts || !div.clientWidth) return;
    chart?.dispose();
    chart = echarts.init(div, themed(reader(div)), { renderer: "svg" });
    before = "";
    chart.on("click", found => {
      if (!model.get("clickable")) return;
      model.set("clicked", {
        series: found.seriesName ?? "",
        series_id: found.seriesId ?? "",
        name: found.name ?? "",
        index: found.dataIndex ?? -1,
        value: found.value ?? null,
        data: found.data ?? null,
        kind: found.dataType ?? "",
        count: Date.now(),
      });
      model.save_changes();
    });
    draw();
  }

  let width = 0;
  const sizes = new ResizeObserver(() => {
    const now = div.clientWidth;
    if (!now) return;
    if (!chart) begin();
    else {
      const crossed = now < NARROW !== width < NARROW;
      chart.resize();
      if (crossed) draw();
    }
    width = now;
  });
  const dressed = () => document.documentElement.dataset.theme;
  let dress = dressed();
  const themes = new MutationObserver(() => {
    if (dressed() === dress) return;
    dress = dressed();
    begin();
  });
  themes.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });

  div.addEventListener("st:save", event => {
    event.stopPropagation();
    if (echarts) event.detail.take(sheet(echarts, model, Math.max(NARROW, Math.min(1100, div.clientWidth || 720))));
  });
  const printed = () => begin();
  addEventListener("beforeprint", printed);
  addEventListener("afterprint", printed);
  for (const name of ["option", "narrow"]) model.on(`change:${name}`, draw);
  for (const name of ["label", "name"]) model.on(`change:${name}`, place);
  model.on("change:height", () => { place(); chart?.resize(); });

  place();
  sizes.observe(div);
  const address = new URL(window.solara.cdn + LIBRARY, document.baseURI).href;
  import(address).then(found => { echarts = found; width = div.clientWidth; begin(); });

  return () => {
    gone = true;
    sizes.disconnect();
    themes.disconnect();
    removeEventListener("beforeprint", printed);
    removeEventListener("afterprint", printed);
    chart?.dispose();
  };
}

export default { render };
