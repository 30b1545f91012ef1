import { expect, test } from 'vitest';
import { alarmText } from '../../renderer/events/alarm-text.ts';
import { startI18n, wordsOf } from '../../renderer/lib/i18n/index.ts';

const told = (language: 'zh-CN' | 'en', state: string) =>
  alarmText(
    {
      ...{ code: 'platform-certificate', subject: 'vanke', detail: '0.0.0.0:8443 的 HTTPS 证书 2026-12-01 到期' },
      figures: { state, host: '0.0.0.0', port: 8443, until: '2026-12-01' },
    },
    wordsOf(language),
    (id) => id,
  );

test('each state of a certificate is told in words of its own, with its day, and the technical side beside', () => {
  startI18n('zh-CN');
  const texts = ['closed', 'kept', 'ending', 'ended'].map((state) => told('zh-CN', state));
  expect(new Set(texts.map(({ text }) => text)).size).toBe(4);
  for (const { text, note } of texts) {
    expect(text).toMatch(/万科/);
    expect(text).not.toMatch(/[{}]|undefined/);
    expect(note).toContain('8443');
  }
  expect(told('zh-CN', 'ending').text).toContain('2026-12-01');
  expect(told('zh-CN', 'ended').text).toContain('已于 2026-12-01 到期');
});

test('in English, too; a state of another version is the worst', () => {
  startI18n('en');
  for (const state of ['closed', 'kept', 'ending', 'ended'])
    expect(told('en', state).text).not.toMatch(/\p{Script=Han}/u);
  expect(told('en', 'whatever').text).toBe(told('en', 'closed').text);
});
