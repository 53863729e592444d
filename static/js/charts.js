/* Charts: series differ in colour, symbol and line, so that they can be told apart in print as well. */
import { whenAppears } from "./appearing.js";

const COLOURS = ["#2c4f74", "#a8660f", "#23613a", "#7a6f63", "#8e1f2b", "#5b4a86"];
const BARS = ["#c5d2df", "#ecd6b3", "#bfd8c8", "#d9d2c9", "#e6c3c7", "#cdc6e0"];
const SYMBOLS = ["circle", "rect", "triangle", "diamond", "roundRect", "pin"];
const LINES = ["solid", "dashed", "dotted"];

function drawChart(box) {
  const data = JSON.parse(document.getElementById(box.dataset.chart).textContent);
  const font = getComputedStyle(document.body).fontFamily;
  box.classList.add("chart-ready");
  box.parentElement.querySelector(".chart-table")?.removeAttribute("open");
  /* Lying bars need a row each; standing ones share the height of the stylesheet. */
  if (data.horizontal) box.style.height = `${data.categories.length * 1.75 + 5}rem`;
  const chart = echarts.init(box, null, { renderer: "svg" });
  const manySeries = data.series.length > 1;
  const legendLines = data.series.length > 3 && box.clientWidth < 420 ? 2 : 1;
  const names = { type: "category", data: data.categories, inverse: Boolean(data.horizontal), axisLabel: { color: "#635b53", hideOverlap: !data.horizontal }, axisTick: { show: false }, axisLine: { lineStyle: { color: "#8f867c" } } };
  const values = { type: "value", minInterval: 1, axisLabel: { color: "#635b53" }, splitLine: { lineStyle: { color: "#e5e0d9" } } };
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: font, color: "#2a2622" },
    grid: { left: 8, right: data.horizontal ? 48 : 16, top: manySeries ? 20 + 24 * legendLines : 20, bottom: 8, outerBoundsMode: "same" },
    legend: { show: manySeries, top: 4, left: 0, textStyle: { fontSize: 14, fontFamily: font } },
    tooltip: { trigger: "axis", renderMode: "richText", textStyle: { fontFamily: font } },
    xAxis: data.horizontal ? values : names,
    yAxis: data.horizontal ? names : values,
    series: data.series.map((series, index) => ({
      type: "line",
      symbol: SYMBOLS[index % SYMBOLS.length],
      symbolSize: 8,
      barMaxWidth: data.horizontal ? 18 : 32,
      stack: data.stacked ? "all" : undefined,
      label: { show: Boolean(data.horizontal), position: data.stacked ? "inside" : "right", color: "#2a2622", formatter: ({ value }) => (data.stacked && !value ? "" : String(value).replace("-", "−")) },
      itemStyle: {
        color: (series.type === "bar" ? BARS : COLOURS)[index % COLOURS.length],
        borderColor: COLOURS[index % COLOURS.length],
      },
      lineStyle: { width: 2, color: COLOURS[index % COLOURS.length], type: LINES[index % LINES.length] },
      ...series,
    })),
  });
  chart.on("click", (event) => {
    if (event.data?.url?.startsWith("/")) location.href = event.data.url;
  });
  addEventListener("resize", () => chart.resize());
}

whenAppears("[data-chart]", drawChart);
