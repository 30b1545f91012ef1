import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef } from 'react';
import { usePrefs } from '../lib/prefs.ts';

/** Colours of the moment, by the names of the style sheet: charts are drawn on a canvas that no style sheet reaches. */
export interface ChartInk {
  readonly text: string;
  readonly soft: string;
  readonly line: string;
  readonly series: readonly string[];
}

function ink(): ChartInk {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    text: read('--text'),
    soft: read('--text-2'),
    line: read('--line'),
    series: ['--chart-1', '--chart-2', '--chart-3', '--chart-4', '--chart-5', '--chart-6'].map(read),
  };
}

/**
 * A chart beside a table, never instead of one: `label` says in a sentence what it shows, the figures stand in the table.
 * Bars begin at zero.
 */
export function Chart(props: { label: string; height: number; option: (ink: ChartInk) => EChartsCoreOption }) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const theme = usePrefs((prefs) => prefs.theme);
  const { option } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew for another look only; new data goes the way below
  useEffect(() => {
    let gone = false;
    const resize = new ResizeObserver(() => chart.current?.resize());
    void import('./echarts.ts').then(({ init }) => {
      if (gone || !host.current) return;
      chart.current = init(host.current);
      resize.observe(host.current);
      chart.current.setOption(option(ink()));
    });
    return () => {
      gone = true;
      resize.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, [theme]);
  useEffect(() => {
    chart.current?.setOption(option(ink()), { notMerge: true });
  }, [option]);
  return <div ref={host} className="chart" role="img" aria-label={props.label} style={{ height: props.height }} />;
}
