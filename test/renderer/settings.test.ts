import { beforeEach, expect, test } from 'vitest';
import { differences } from '../../electron/station/configuration/diff.ts';
import { storedOf } from '../../electron/station/configuration/document.ts';
import { allForms } from '../../electron/station/configuration/forms.ts';
import { parseProvision } from '../../electron/station/provision.ts';
import { changeKind, firstDriver } from '../../renderer/features/settings/device-kinds.ts';
import { subjectOf } from '../../renderer/features/settings/labels.ts';
import { ruleGroups, ruleKinds } from '../../renderer/features/settings/rule-fields.ts';
import { sizeText } from '../../renderer/features/settings/size.ts';
import {
  adopt,
  discard,
  edit,
  faultsBelow,
  forgetOthers,
  initialSettings,
  isDirty,
  sendable,
  useSettings,
} from '../../renderer/features/settings/store.ts';
import { startI18n, wordsOf } from '../../renderer/lib/i18n/index.ts';
import { type ConfigurationView, configurationDocumentSchema } from '../../shared/contract/configuration.ts';
import { passageRulesSchema } from '../../shared/domain/passage-rules.ts';

const provision = () => ({
  site: { code: '1001', name: '测试停车场', totalSpaces: 150, openSpaces: 130 },
  areas: [{ id: 'a1', code: 1, name: '地面', spaces: 150 }],
  lanes: [{ id: 'in1', name: '东门入口', direction: 'in', number: 1, area: 'a1', camera: 'cam-in1' }],
  devices: [{ id: 'cam-in1', kind: 'camera', driver: 'vzenith-http', settings: { serialNo: 'SN-1' } }],
});
const view = (revision: number): ConfigurationView => ({
  ...{ revision, configured: true, demo: false },
  document: configurationDocumentSchema.parse(storedOf(parseProvision(provision()))),
});
const dirty = (): boolean => isDirty(useSettings.getState());

beforeEach(() => {
  startI18n('zh-CN');
  useSettings.setState(initialSettings, true);
});

test('an edit is kept while the station answers again, and says so when somebody else was faster', () => {
  adopt(view(1));
  expect(dirty()).toBe(false);
  edit((draft) => {
    draft.site.name = '新名字';
  });
  expect(dirty()).toBe(true);
  adopt(view(1));
  expect(useSettings.getState()).toMatchObject({ newer: null, draft: { site: { name: '新名字' } } });
  adopt(view(2));
  expect(useSettings.getState()).toMatchObject({ newer: 2, base: { revision: 1 } });
  discard();
  adopt(view(2));
  expect(useSettings.getState()).toMatchObject({ newer: null, base: { revision: 2 } });
});

test('edited back to what it was, nothing is unsaved; rules never travel with the rest', () => {
  adopt(view(1));
  edit((draft) => {
    draft.site.name = '新名字';
  });
  edit((draft) => {
    draft.site.name = '测试停车场';
    draft.site.rules.graceMinutes = 99;
  });
  expect(dirty()).toBe(false);
  expect(sendable(view(1).document)['site']).not.toHaveProperty('rules');
});

test('what one person left unsaved is not shown to the next', () => {
  forgetOthers('老陈');
  adopt(view(1));
  edit((draft) => {
    draft.site.name = '老陈的名字';
  });
  forgetOthers('老陈');
  expect(dirty()).toBe(true);
  forgetOthers('周姐');
  expect(dirty()).toBe(false);
});

test('faults are counted at the thing that they are about', () => {
  const faults = [
    { path: ['lanes', 0, 'name'], message: 'x', messageZh: '必填' },
    { path: ['lanes', 1, 'camera'], message: 'x', messageZh: '没有设备' },
  ];
  const check = { faults, changes: [], notices: [] };
  expect(faultsBelow(check, ['lanes'])).toHaveLength(2);
  expect(faultsBelow(check, ['lanes', 1])).toEqual([faults[1]]);
  expect(faultsBelow(null, ['lanes'])).toEqual([]);
});

test('every difference is told in the words of the forms, in both languages', () => {
  const before = storedOf(parseProvision(provision()));
  const [lane, ...lanes] = before.lanes;
  const [camera, ...devices] = before.devices;
  if (!lane || !camera) throw new Error('lanes and devices are provisioned');
  const after = {
    ...before,
    site: { ...before.site, openSpaces: 1, rules: { ...before.site.rules, staleDays: 3 } },
    lanes: [{ ...lane, number: 9, authority: { ...AUTHORITY, fees: 'local' as const } }, ...lanes],
    devices: [{ ...camera, settings: { ...camera.settings, parkMs: 5000 } }, ...devices],
    platforms: { qingdao: { enabled: true } },
  };
  const told = differences(before, after);
  const zh = told.map((change) => subjectOf(change, allForms(), wordsOf('zh-CN'), 'zh-CN'));
  expect(zh).toEqual([
    '车场 · 开放泊位数',
    '通行规则 · 滞留天数',
    '车道 东门入口 · 出入口编号',
    ...[
      ...['决定开闸的平台', '不放行时再问间隔（秒）', '无应答时重试间隔（秒）', '谁来拦车'],
      ...['无应答多少次后放弃', '多次无应答后', '谁来收费'],
    ].map((word) => `车道 东门入口 · ${word}`),
    '设备 cam-in1 · 长连接时长（毫秒）',
    '平台 青岛',
  ]);
  const en = told.map((change) => subjectOf(change, allForms(), wordsOf('en'), 'en'));
  for (const text of en) expect(text.replace('东门入口', '')).not.toMatch(/\p{Script=Han}/u);
});

const AUTHORITY = {
  platform: 'keytop',
  pollSeconds: 2,
  retrySeconds: 1,
  rules: 'both',
  giveUpAfter: 5,
  onGiveUp: 'release',
} as const;

test('every passage rule can be set, once', () => {
  // What displays tell has a section of its own.
  const names = Object.keys(passageRulesSchema.shape)
    .filter((name) => name !== 'announcements')
    .sort();
  expect(Object.keys(ruleKinds).sort()).toEqual(names);
  expect(Object.values(ruleGroups).flat().sort()).toEqual(names);
});

test('sizes are told as people say them', () => {
  expect([0, 1023, 1536, 150 * 1024 ** 2, 3 * 1024 ** 3].map(sizeText)).toEqual([
    '0 B',
    '1023 B',
    '1.5 KB',
    '150 MB',
    '3.0 GB',
  ]);
});

test('a board of loops that a lane names keeps its id when its kind is changed', () => {
  const forms = allForms();
  adopt(view(1));
  edit((draft) => {
    draft.devices.push({ id: 'io1', kind: 'io', driver: firstDriver(forms, 'io'), settings: { path: 'COM3' } });
    for (const lane of draft.lanes) lane.io = 'io1';
    changeKind(draft, 1, 'barrier', forms);
  });
  expect(useSettings.getState().draft?.devices[1]).toMatchObject({ id: 'io1', kind: 'barrier', settings: {} });
});
