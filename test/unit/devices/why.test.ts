import { expect, test } from 'vitest';
import { LinePool } from '../../../electron/station/devices/links/line-pool.ts';
import { whyText } from '../../../electron/station/devices/links/why.ts';
import type { WireEvents } from '../../../electron/station/devices/links/wire.ts';
import { Bench } from './recording.ts';

test.each([
  ['connect ECONNREFUSED 127.0.0.1:1', '对方拒绝连接'],
  ['Connection refused: Bad username or password', '用户名或密码不对'],
  ['Connection refused: Not authorized', '用户名或密码不对'],
  ["EISDIR: illegal operation on a directory, open '/tmp'", '这是文件夹'],
  ['Error: No such file or directory, cannot open COM99', '不存在，请检查是否插好、名称是否正确'],
])('%s is said in the words of the house alone', (said, words) => {
  expect(whyText(new Error(said))).toBe(words);
});

test('what the system said of a line stands in the log, once', async () => {
  const bench = new Bench();
  const dials: WireEvents[] = [];
  const told: string[] = [];
  const pool = new LinePool({
    ...{ clock: bench.clock, log: bench.log, entropy: { random: () => 0.5 } },
    dial: (_address, events) => {
      dials.push(events);
      return { write: () => undefined, destroy: () => undefined };
    },
  });
  const line = pool.open(
    { kind: 'tcp', host: '127.0.0.1', port: 1 },
    { data: () => undefined, state: (_up, detail) => told.push(detail) },
  );
  const fail = () => dials.at(-1)?.closed('对方拒绝连接', 'connect ECONNREFUSED 127.0.0.1:1');
  await bench.clock.advance(0);
  fail();
  await bench.clock.advance(60_000);
  expect(dials.length).toBeGreaterThan(1);
  fail();
  expect(told).toEqual(['对方拒绝连接']);
  expect(bench.lines).toEqual([
    {
      ...{ level: 'info', message: 'a line is not open' },
      fields: { place: '127.0.0.1:1', reason: 'connect ECONNREFUSED 127.0.0.1:1' },
    },
  ]);
  line.close();
});
