import { QRCode } from 'antd';
import type { PrintDocument } from '../../../shared/domain/print.ts';
import { layOut, type PrintRow } from '../../../shared/domain/print-layout.ts';
import './paper.css';

/** A piece of paper as the printer would make it: the same lines, broken at the same places. */
export function Paper({ document, columns, label }: { document: PrintDocument; columns: number; label: string }) {
  return (
    <div className="paper" role="document" aria-label={label} style={{ width: `calc(${columns}ch + 40px)` }}>
      {layOut(document, columns).map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a paper never change their places
        <Line key={index} row={row} />
      ))}
    </div>
  );
}

function Line({ row }: { row: PrintRow }) {
  if (row.kind === 'feed') return <div style={{ height: `${row.lines * 1.5}em` }} />;
  if (row.kind === 'qr')
    return (
      <div className="paper-code">
        <QRCode value={row.text} type="svg" size={124} bordered={false} color="#000" bgColor="transparent" />
      </div>
    );
  return (
    <div className="paper-line" data-align={row.align} data-large={row.large}>
      {pieces(row.text).map(({ text, wide }, index) =>
        wide ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line never change their places
          <i key={index}>{text}</i>
        ) : (
          text
        ),
      )}
    </div>
  );
}

/** Chinese characters stand alone, each two columns wide, whatever the fonts of this computer make of them. */
function pieces(text: string): { readonly text: string; readonly wide: boolean }[] {
  const found = text.match(/[\p{ASCII}]+|[^\p{ASCII}]/gu) ?? [];
  return found.map((piece) => ({ text: piece, wide: (piece.codePointAt(0) ?? 0) >= 0x80 }));
}
