import { expect, test } from 'vitest';
import { type PrintDocument, printDocumentSchema } from '../../../shared/domain/print.ts';
import { columnsOf, layOut } from '../../../shared/domain/print-layout.ts';
import { seeded } from '../../support/random.ts';

const doc = (...blocks: unknown[]): PrintDocument => printDocumentSchema.parse(blocks);
const lines = (document: PrintDocument, columns = 32): string[] =>
  layOut(document, columns).map((row) => (row.kind === 'text' ? row.text : row.kind));

test.each([
  ['停车', 4],
  ['粤B12345', 8],
  ['￥5', 3],
  ['', 0],
])('%s takes %i columns', (text, columns) => {
  expect(columnsOf(text)).toBe(columns);
});

test('a name at the left edge and its value at the right one', () => {
  expect(lines(doc({ kind: 'pair', name: '车牌', value: '粤B12345' }))).toEqual([`车牌${' '.repeat(20)}粤B12345`]);
  expect(lines(doc({ kind: 'pair', name: '车牌', value: '粤B12345', large: true }))).toEqual(['车牌    粤B12345']);
});

test('what does not fit side by side stands below each other', () => {
  expect(lines(doc({ kind: 'pair', name: '优惠 某某商业广场停车场', value: '-12.50 元' }), 24)).toEqual([
    '优惠 某某商业广场停车场',
    `${' '.repeat(15)}-12.50 元`,
  ]);
});

test('a break after a full line takes no blank into the next', () => {
  expect(lines(doc({ kind: 'text', text: `${'国'.repeat(16)} 人` }))).toEqual(['国'.repeat(16), '人']);
});

test('nothing is wider than the paper, no character is halved and none is lost', () => {
  const random = seeded(3);
  const letters = [...'国粤车B1 -.元《》a'];
  for (let round = 0; round < 400; round += 1) {
    const columns = random() < 0.5 ? 32 : 48;
    const word = (): string =>
      Array.from({ length: Math.floor(random() * 70) }, () => letters[Math.floor(random() * letters.length)]).join('');
    const large = random() < 0.3;
    const text = word();
    const [name, value] = [word(), word()];
    const room = large ? columns / 2 : columns;
    const printed = lines(doc({ kind: 'text', text, large }), columns);
    const paired = lines(doc({ kind: 'pair', name, value, large }), columns);
    for (const line of [...printed, ...paired]) expect(columnsOf(line)).toBeLessThanOrEqual(room);
    const bare = (all: string): string => all.replaceAll(' ', '');
    expect(bare(printed.join(''))).toBe(bare(text));
    expect(bare(paired.join(''))).toBe(bare(name + value));
  }
});
