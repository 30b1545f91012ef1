import { paymentMethodSchema, paymentSceneSchema } from '../../../shared/domain/money-flow.ts';
import type { Translate } from '../../lib/i18n/index.ts';

/** 现金, 微信 …; a newer station's own word for what this version does not know. */
export function methodName(method: string, t: Translate): string {
  const known = paymentMethodSchema.safeParse(method);
  return known.success ? t(`event.method.${known.data}`) : method;
}

/** 出入口缴费, 场内预缴 … */
export function sceneName(scene: string, t: Translate): string {
  const known = paymentSceneSchema.safeParse(scene);
  return known.success ? t(`refunds.scene.${known.data}`) : scene;
}
