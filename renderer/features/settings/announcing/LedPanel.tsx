import type { CSSProperties } from 'react';
import { columnsOf, MOST_LINES } from '../../../../shared/domain/announcement-text.ts';
import type { DisplayColor } from '../../../../shared/domain/display.ts';
import './led.css';

export interface LedLine {
  readonly text: string;
  readonly color: DisplayColor;
}

const ROWS = Array.from({ length: MOST_LINES }, (_, row) => row);

/** A display as drivers see it: each character in its cells, a line that is too wide runs through. */
export function LedPanel({ lines, columns, label }: { lines: readonly LedLine[]; columns: number; label: string }) {
  const spoken = lines.map(({ text }) => text).join(' / ');
  return (
    <div className="led" role="img" aria-label={`${label} ${spoken}`} style={vars({ columns })}>
      {ROWS.map((row) => {
        const line = lines[row];
        const wide = columnsOf(line?.text ?? '');
        return (
          <div className="led-row" key={row} data-color={line?.color} data-runs={wide > columns}>
            <span style={vars({ over: Math.max(0, wide - columns) })}>{line && <Cells text={line.text} />}</span>
          </div>
        );
      })}
    </div>
  );
}

function Cells({ text }: { text: string }) {
  return [...text].map((character, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a character is known by its place
    <i key={index} data-wide={columnsOf(character) === 2}>
      {character}
    </i>
  ));
}

const vars = (of: Readonly<Record<string, number>>): CSSProperties =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [`--${name}`, String(value)]));

/** The lines of a display in one row of a table. */
export function LedStrip({ lines }: { lines: readonly LedLine[] }) {
  return (
    <span className="led-strip">
      {lines.map(({ text, color }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place
        <span key={index} data-color={color}>
          {text}
        </span>
      ))}
    </span>
  );
}
