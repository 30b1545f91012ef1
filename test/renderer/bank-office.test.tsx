import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { storedOf } from '../../electron/station/configuration/document.ts';
import { allForms } from '../../electron/station/configuration/forms.ts';
import { words } from '../../electron/station/evidence/words.ts';
import { parseProvision } from '../../electron/station/provision.ts';
import { describeEvent, isRoutine } from '../../renderer/events/describe-event.ts';
import { MessageFields } from '../../renderer/features/outbox/MessageFields.tsx';
import { SchemaForm } from '../../renderer/features/settings/SchemaForm.tsx';
import { nodeAt, type Settings } from '../../renderer/features/settings/schema.ts';
import { ChannelsSection } from '../../renderer/features/settings/sections/ChannelsSection.tsx';
import { startI18n, wordsOf } from '../../renderer/lib/i18n/index.ts';
import { configurationDocumentSchema } from '../../shared/contract/configuration.ts';
import type { EventView } from '../../shared/contract/journal.ts';
import type { JournalEvent } from '../../shared/domain/events.ts';
import { type Attempt, attemptSchema } from '../../shared/domain/money-flow.ts';

beforeEach(() => startI18n('zh-CN'));
afterEach(cleanup);

const attempt = (more: Partial<Attempt>): Attempt =>
  attemptSchema.parse({
    ...{ id: 'att-1', billId: 'b1', uid: 'u1', laneId: 'out1', channel: 'cmb', kind: 'agreement', method: 'platform' },
    ...{ amountFen: 700, state: 'unknown', reference: null, detail: '', createdAt: 1, updatedAt: 2, ...more },
  });
const row = (of: Attempt): EventView => ({
  ...{ seq: 1, at: '2026-03-02T10:00:00+08:00', kind: 'attempt-changed', key: of.uid, laneId: of.laneId },
  ...{ passageId: null, actor: { kind: 'station', name: 'station' }, body: { attempt: of }, hash: '' },
});
const said = (of: Attempt, language: 'zh-CN' | 'en' = 'zh-CN'): string =>
  describeEvent(row(of), wordsOf(language), language).text;
const onPaper = (of: Attempt): string => {
  const event: JournalEvent = {
    ...{ seq: 1, at: 2, kind: 'attempt-changed', key: 'u1', laneId: 'out1', passageId: null },
    ...{ actor: { kind: 'station', name: 'station' }, body: { attempt: of }, hash: '' },
  };
  return words(event).text;
};

describe('待核实与保付的说法', () => {
  const aside = attempt({ setAside: true });
  const guaranteed = attempt({ state: 'paid', guarantee: 'pending' });
  const confirmed = attempt({ state: 'paid', guarantee: 'confirmed' });

  it('stand in the journal in both languages', () => {
    expect(said(aside)).toBe('向平台申请扣款 ¥7.00：结果待核实，可改扫码或现金');
    expect(said(attempt({ setAside: true, state: 'reversing' }))).toBe('向平台申请扣款 ¥7.00：结果待核实');
    expect(said(guaranteed)).toContain('保付，待到账');
    expect(said(confirmed)).toContain('保付，已到账');
    expect(said(aside, 'en')).toContain('to be settled');
    expect(said(guaranteed, 'en')).toContain('payment to come');
    expect(said(attempt({ state: 'declined', detail: '余额不足' }))).toBe('向平台申请扣款 ¥7.00：没有扣款（余额不足）');
  });

  it('are news at the booth: a person may act', () => expect(isRoutine(row(aside))).toBe(false));

  it('end with their state: what was set aside and turned out paid is paid', () => {
    expect(said(attempt({ setAside: true, state: 'paid' }))).toContain('成功');
    expect(onPaper(attempt({ setAside: true, state: 'declined' }))).toContain('被拒');
  });

  it('stand in the evidence', () => {
    expect(onPaper(aside)).toContain('待核实');
    expect(onPaper(guaranteed)).toContain('保付，待到账');
    expect(onPaper(confirmed)).toContain('保付，已到账');
  });
});

describe('招行的参数表单', () => {
  const schema = allForms().platforms.find(({ id }) => id === 'cmb')?.schema;
  const lanes = [
    { value: 'in1', label: '东门入口' },
    { value: 'out1', label: '东门出口' },
  ];
  let changed: Settings = {};
  /** One setting of the form alone: its group with nothing around it. */
  const form = (group: string, value: Settings) => {
    changed = value;
    render(
      <SchemaForm
        schema={nodeAt(schema, [group])}
        path={['platforms', 'cmb', group]}
        value={value}
        references={{ gates: lanes }}
        onChange={(next) => {
          changed = next;
        }}
      />,
    );
  };

  it('names the lanes of gate numbers, and keeps their numbers numbers', () => {
    form('codes', { gates: { out1: 12 } });
    expect(screen.getByText('东门出口')).toBeTruthy();
    const number = screen.getByRole('spinbutton', { name: /东门出口/ });
    expect(number).toHaveProperty('value', '12');
    fireEvent.change(number, { target: { value: '31' } });
    expect(changed).toEqual({ gates: { out1: 31 } });
    fireEvent.click(screen.getByRole('button', { name: '删除第 1 项' }));
    expect(changed).toEqual({});
  });

  it('takes a list of milliseconds as numbers, and nothing that is none', () => {
    form('autoPay', { askAtMs: [2000] });
    fireEvent.click(screen.getByText('更多参数'));
    const list = screen.getByRole('combobox', { name: /结果未知时查询/ });
    fireEvent.change(list, { target: { value: '5000' } });
    fireEvent.keyDown(list, { key: 'Enter', keyCode: 13 });
    expect(changed).toEqual({ askAtMs: [2000, 5000] });
    fireEvent.change(list, { target: { value: '五秒' } });
    fireEvent.keyDown(list, { key: 'Enter', keyCode: 13 });
    expect(JSON.stringify(changed)).not.toContain('五秒');
  });
});

describe('收费渠道的顺序', () => {
  it('tells what each channel does', () => {
    const forms = allForms([
      { id: 'cmb', title: '招行无感支付', kind: 'agreement' },
      { id: 'cmb-qr', title: '招行扫码缴费', kind: 'qr' },
    ]);
    const stored = storedOf(
      parseProvision({
        site: { code: '1001', name: '测试停车场', totalSpaces: 150, openSpaces: 130 },
        ...{ areas: [], lanes: [], devices: [], channels: ['cmb', 'cmb-qr'] },
      }),
    );
    const draft = configurationDocumentSchema.parse(stored);
    render(<ChannelsSection draft={draft} forms={forms} />);
    expect(screen.getByText('1. 招行无感支付')).toBeTruthy();
    expect(screen.getByText(/出口自动扣费/)).toBeTruthy();
    expect(screen.getByText('2. 招行收款码')).toBeTruthy();
    expect(screen.getByText(/车主扫码付款/)).toBeTruthy();
  });
});

describe('上报内容', () => {
  it('is read line by line where a field holds a list, as such or as text, with instants as a clock shows them', () => {
    const item = { should_pay: 700, pay_type: 1, time: 1_795_479_974 };
    const fields = { charge_items: '支付记录', should_pay: '应收（分）', in_time: '进场时间' };
    const body = { charge_items: [item, { ...item, pay_type: 99 }], in_time: 1_795_474_562, config_items: '{"a":[1]}' };
    render(<MessageFields body={body} words={fields} />);
    const told = within(screen.getByRole('table'))
      .getAllByRole('row')
      .slice(1)
      .map((line) => [...line.querySelectorAll('td')].map(({ textContent }) => textContent?.trim()).join('|'));
    expect(told).toEqual([
      '支付记录|charge_items|',
      ...['第 1 项||', '应收（分）|should_pay|700', '|pay_type|1', '|time|1795479974 2026-11-24 08:26:14'],
      ...['第 2 项||', '应收（分）|should_pay|700', '|pay_type|99', '|time|1795479974 2026-11-24 08:26:14'],
      '进场时间|in_time|1795474562 2026-11-24 06:56:02',
      ...['|config_items|', '|a|[1]'],
    ]);
  });

  it('shows an empty list as one', () => {
    render(<MessageFields body={{ charge_items: [] }} words={{}} />);
    expect(screen.getByText('[]')).toBeTruthy();
  });
});
