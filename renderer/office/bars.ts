import type { EChartsCoreOption } from 'echarts/core';
import type { ChartInk } from './Chart.tsx';

export interface Series {
  readonly name: string;
  readonly values: readonly number[];
  /** Fen. */
  readonly money?: true;
}

const axis = (ink: ChartInk) => ({
  axisLine: { lineStyle: { color: ink.line } },
  axisTick: { show: false },
  axisLabel: { color: ink.soft, fontSize: 12, hideOverlap: true },
  splitLine: { lineStyle: { color: ink.line } },
});

/** Bars (or lines) over names, from zero up; amounts in 万 on the axis once they are that large, exact on hover. */
export function bars(
  names: readonly string[],
  series: readonly Series[],
  ink: ChartInk,
  formatMoney: (fen: number) => string,
  kind: 'bar' | 'line' = 'bar',
): EChartsCoreOption {
  const money = series.some((each) => each.money);
  const short = (fen: number): string => {
    const yuan = fen / 100;
    return Math.abs(yuan) >= 10_000 ? `${(yuan / 10_000).toFixed(1)}万` : yuan.toLocaleString('en-US');
  };
  return {
    animation: false,
    color: [...ink.series],
    textStyle: { fontFamily: 'inherit', color: ink.text },
    grid: { left: 8, right: 12, top: series.length > 1 ? 34 : 14, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis',
      valueFormatter: (value: unknown) =>
        typeof value !== 'number' ? '' : money ? formatMoney(value) : value.toLocaleString('en-US'),
    },
    ...(series.length > 1 ? { legend: { top: 0, right: 0, textStyle: { color: ink.soft } } } : {}),
    xAxis: { type: 'category', data: [...names], ...axis(ink) },
    yAxis: {
      type: 'value',
      min: 0,
      minInterval: 1,
      ...axis(ink),
      ...(money ? { axisLabel: { color: ink.soft, formatter: short } } : {}),
    },
    series: series.map(({ name, values }) => ({
      name,
      type: kind,
      data: [...values],
      ...(kind === 'bar' ? { barMaxWidth: 28 } : { smooth: false, symbol: 'none', areaStyle: { opacity: 0.08 } }),
    })),
  };
}
