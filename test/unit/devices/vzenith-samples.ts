/** Bodies as a camera of this kind sends them, written down from the public description of its protocol. */
export const SERIAL = 'a1b2c3d4-e5f60718';

export const PLATE_PUSH = `{"AlarmInfoPlate":{"channel":0,"deviceName":"IN1","ipaddr":"192.168.1.100","serialno":"a1b2c3d4-e5f60718","user_data":"",
 "result":{"PlateResult":{"license":"粤B12345","type":1,"colorType":1,"colorValue":0,"confidence":97,"direction":4,
 "triggerType":1,"plateid":10234,"isoffline":0,"is_fake_plate":0,"carColor":0,"car_brand":{"brand":0,"type":0,"year":0},
 "bright":0,"carBright":0,"timeUsed":80,"location":{"RECT":{"left":378,"top":77,"right":428,"bottom":97}},
 "timeStamp":{"Timeval":{"decyear":2026,"decmon":11,"decday":22,"dechour":9,"decmin":30,"decsec":0,"sec":1795311000,"usec":0}},
 "gioouts":[{"ionum":0,"ctrltype":0}],"plates":[{"license":"粤B12345","color":1,"type":1,"plate_width":110,"pos":{"left":378,"top":77,"right":428,"bottom":97}}],
 "imagePath":"/snapshot/lpr/tri_snap_24.jpg","imageFile":"/9j/2Q==","imageFileLen":8,"imageFragmentFile":"","imageFragmentFileLen":0}}}}`;

export const HEARTBEAT =
  'device_name=IN1&ipaddr=192.168.1.100&port=80&user_name=admin&pass_wd=x&serialno=a1b2c3d4-e5f60718&channel_num=1';

export const INPUT_PUSH =
  '{"AlarmGioIn":{"deviceName":"IN1","ipaddr":"192.168.1.100","serialno":"a1b2c3d4-e5f60718","result":{"TriggerResult":{"source":0,"value":1}}}}';

/** 请缴费5元 for a display on RS-485 1: 18 bytes. */
export const SPEECH = Uint8Array.from(Buffer.from('0064FFFF300A01C7EBBDC9B7D135D4AA068C', 'hex'));

/** Opens the gate and speaks. */
export const OPEN_AND_SPEAK =
  '{"Response_AlarmInfoPlate":{"info":"ok","channelNum":0,"content":"","is_pay":"true","serialData":[{"serialChannel":0,"data":"AGT//zAKAcfrvcm30TXUqgaM","dataLen":18}],"ContinuePushOffline":{"plateid":10234,"continue":0}}}';

interface PushFields {
  [field: string]: unknown;
}

/** The sample push with other values in its result. */
export function platePush(result: PushFields, outer: PushFields = {}): string {
  const push = JSON.parse(PLATE_PUSH) as { AlarmInfoPlate: { result: { PlateResult: PushFields } } };
  Object.assign(push.AlarmInfoPlate.result.PlateResult, result);
  Object.assign(push.AlarmInfoPlate, outer);
  return JSON.stringify(push);
}
