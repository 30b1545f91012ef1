/** A lane where a platform has the word. Part of the words of lanes in `settings.zh.ts`. */
export const zhAuthority = {
  authorityGroup: '云端决定开闸',
  authority: '由平台决定放行',
  authorityHelp: '每辆车先问平台，平台同意才开闸',
  authorityPlatform: '决定开闸的平台',
  authorityUnset: '这个平台还没有设置，请到“平台对接”里设置，否则每辆车都会当作无应答',
  authorityRules: '谁来拦车',
  authorityFees: '谁来收费',
  authorityPollSeconds: '不放行时再问间隔（秒）',
  authorityRetrySeconds: '无应答时重试间隔（秒）',
  authorityGiveUpAfter: '无应答多少次后放弃',
  authorityOnGiveUp: '多次无应答后',
  rules: { platform: '只听平台', both: '本地规则先判断' },
  rulesHelp: {
    platform: '黑名单、车位满等本地规则不拦车，只提示',
    both: '本地规则先拦，不拦的再问平台',
  },
  pollHelp: '平台答复不放行后，车还在就再问',
  retryHelp: '平台没有答复时，隔多久重试',
  giveUpAfterHelp: '连续次数，含第一次；有一次答复就重新计',
  giveUp: { release: '自动放行', local: '按本地规则', wait: '等人工处理' },
  giveUpHelp: {
    release: '车还在地感上就自动抬杆，岗亭醒目提示',
    local: '按本地名单、车位和收费规则处理这辆车',
    wait: '车停着，由收费员决定',
  },
  releaseRisk: '断网时会自动抬杆，属于安全风险',
  releaseRiskText:
    '网络一断，任何车都能进出，剪断网线的人也能。每次都会记入异常登记，并在岗亭报警；有人值守的车道建议选“等人工处理”。',
  fees: { platform: '平台', local: '本地' },
  feesHelp: { platform: '平台同意即已结清，本地不计费', local: '平台同意后按本地收费规则收费' },
} as const;
