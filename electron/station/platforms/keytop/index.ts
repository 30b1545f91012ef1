import type { PlatformDefinition } from '../platform.ts';
import { keytopSettingsSchema } from './config.ts';
import { testKeytop } from './connection-test.ts';
import { KeytopPlatform } from './keytop-platform.ts';
import { allMessages } from './messages.ts';
import { codeFaults } from './places.ts';

/** 科拓 ktapi: 3DES over HTTP both ways; a mall's apps, coupons, cards and payment pages work with the car park through it. */
export const keytop: PlatformDefinition<typeof keytopSettingsSchema> = {
  id: 'keytop',
  title: '科拓 第三方对接',
  settings: keytopSettingsSchema,
  messages: allMessages,
  faults: codeFaults,
  create: (settings, deps) => new KeytopPlatform(settings, deps),
  test: testKeytop,
};
