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

test('marks stay where they belong at the end of a line', () => {
  const text = (content: string, columns = 32): string[] => lines(doc({ kind: 'text', text: content }), columns);
  // The full stop of the test page stood alone on 58 mm paper.
  expect(text('上面一行数字应正好占满纸宽；若折行或不满，请在设置里改每行字符数。')).toEqual([
    '上面一行数字应正好占满纸宽；若折',
    '行或不满，请在设置里改每行字符',
    '数。',
  ]);
  expect(text(`${'国'.repeat(15)}（车`)).toEqual(['国'.repeat(15), '（车']);
  expect(text(`${'国'.repeat(14)}“（车）”`)).toEqual(['国'.repeat(14), '“（车）”']);
  expect(text(`${'国'.repeat(16)} 。`)).toEqual(['国'.repeat(15), '国 。']);
  // Nor is a sum or a plate torn, where it fits on a line.
  expect(text(`${'国'.repeat(14)}12.50元`)).toEqual(['国'.repeat(14), '12.50元']);
  expect(text('1'.repeat(40))).toEqual(['1'.repeat(32), '1'.repeat(8)]);
  // Nothing can be done about a line of nothing else.
  expect(text('。'.repeat(20))).toEqual(['。'.repeat(16), '。'.repeat(4)]);
});

test.each([32, 48])(
  'on %i columns no line begins with a closing mark or ends with an opening one, none is too wide, nothing is lost',
  (columns) => {
    const random = seeded(columns);
    const pick = (from: string): string => [...from][Math.floor(random() * [...from].length)] ?? '';
    const [closing, opening] = ['。，、；：！？）》」』】”’…,.;:!?)]%', '（《「『【“‘￥([$'];
    const piece = (): string => {
      const word = Array.from({ length: 1 + Math.floor(random() * 5) }, () => pick('国粤车场B1a')).join('');
      const kind = random();
      if (kind < 0.3) return word + pick(closing);
      if (kind < 0.45) return pick(opening) + word + pick(closing) + pick(closing);
      if (kind < 0.6) return pick(opening) + word;
      return kind < 0.8 ? `${word} ` : word;
    };
    for (let round = 0; round < 300; round += 1) {
      const large = random() < 0.3;
      const all = Array.from({ length: 1 + Math.floor(random() * 30) }, piece).join('');
      const broken = lines(doc({ kind: 'text', text: all, large }), columns);
      expect(broken.join('').replaceAll(' ', '')).toBe(all.replaceAll(' ', ''));
      for (const line of broken) expect(columnsOf(line)).toBeLessThanOrEqual(large ? columns / 2 : columns);
      for (const line of broken.slice(1)) expect([...closing]).not.toContain(line[0]);
      for (const line of broken.slice(0, -1)) expect([...opening]).not.toContain(line.at(-1));
      const name = pick('国粤车') + all;
      const paired = lines(doc({ kind: 'pair', name, value: '12.50 元', large }), columns);
      for (const line of paired) expect([...closing]).not.toContain(line.trimStart()[0]);
    }
  },
);
