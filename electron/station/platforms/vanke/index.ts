import type { PlatformDefinition } from '../platform.ts';
import { vankeSettingsSchema } from './config.ts';
import { testVanke } from './connection-test.ts';
import { readerFaults } from './devices-named.ts';
import { allMessages } from './messages.ts';
import { VankePlatform } from './vanke-platform.ts';

/** 泊时易车场系统对接技术标准 V1.7: JSON over HTTPS both ways; the platform decides whether the gate opens. */
export const vanke: PlatformDefinition<typeof vankeSettingsSchema> = {
  id: 'vanke',
  title: '万科 泊时易',
  settings: vankeSettingsSchema,
  messages: allMessages,
  faults: readerFaults,
  create: (settings, deps) => new VankePlatform(settings, deps),
  test: testVanke,
};
