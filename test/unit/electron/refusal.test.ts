import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeLastWords } from '../../../electron/main/log-file.ts';
import { refusalText } from '../../../electron/main/refusal.ts';
import { ConfigError, DatabaseError, PortTakenError } from '../../../electron/station/runtime/errors.ts';

test.each([
  [new PortTakenError('127.0.0.1:8700 is in use'), '--port', '127.0.0.1:8700 is in use'],
  [new ConfigError(['lanes.0.camera: no camera "x"']), '联系安装人员', 'lanes.0.camera'],
  [new DatabaseError('damaged', 'integrity check: page 4'), '不要删除', 'page 4'],
  [new DatabaseError('from-the-future', 'schema 99'), '新版本', 'schema 99'],
  [new DatabaseError('locked', 'another station is running on /data'), '先关掉', '/data'],
  [new DatabaseError('unwritable', 'cannot write in /data'), '磁盘', '/data'],
])('%s tells a Chinese reader what to do and keeps the technical sentence', (error, advice, technical) => {
  const text = refusalText(error);
  expect(text).toContain(advice);
  expect(text).toContain(technical);
});

test('a defect is no refusal: starting again may help', () => {
  expect(refusalText(new TypeError('x is undefined'))).toBeUndefined();
});

test('the last words are on disk at once, after what stood there, and never throw', () => {
  const data = mkdtempSync(join(tmpdir(), 'gatehouse-log-'));
  try {
    writeLastWords(data, new Error('first'));
    writeLastWords(data, new Error('second'));
    const lines = readFileSync(join(data, 'logs', 'station.log'), 'utf8')
      .trim()
      .split('\n');
    expect(lines.map((line) => String(JSON.parse(line).error).split('\n')[0])).toEqual([
      'Error: first',
      'Error: second',
    ]);
    const file = join(data, 'a-file');
    writeFileSync(file, '');
    expect(() => writeLastWords(file, new Error('nowhere'))).not.toThrow();
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
