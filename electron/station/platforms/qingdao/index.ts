import type { PlatformDefinition } from '../platform.ts';
import { qingdaoSettingsSchema } from './config.ts';
import { testQingdao } from './connection-test.ts';
import { allMessages } from './messages.ts';
import { QingdaoPlatform } from './qingdao-platform.ts';

/** 青岛市全市一个停车场系统联网技术要求 V1.1: form POST up, MQTT down, RSA both ways. */
export const qingdao: PlatformDefinition<typeof qingdaoSettingsSchema> = {
  id: 'qingdao',
  title: '青岛 全市一个停车场',
  settings: qingdaoSettingsSchema,
  messages: allMessages,
  create: (settings, deps) => new QingdaoPlatform(settings, deps),
  test: testQingdao,
};
