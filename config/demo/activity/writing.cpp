#include "activity/writing.hpp"

#include <algorithm>
#include <array>

namespace zeren::demo {
namespace {

using Ways = std::array<std::string_view, 4>;

std::string one_of(const Ways& ways, Chance& chance) { return std::string(chance.one_of(ways)); }

std::string many(Chance& chance, int low, int high) { return std::to_string(chance.between(low, high)); }

bool supervises(const org::Unit& unit) {
  return unit.kind == "commission" || unit.kind == "commission_working_committee" || unit.kind == "stationed_group";
}

std::string_view meeting_of(const org::Unit& unit) {
  if (unit.kind == "party_group") return "党组会议";
  if (unit.kind == "commission" || unit.kind == "commission_working_committee") return "纪委常委会会议";
  if (unit.kind == "stationed_group") return "组务会议";
  return unit.level == "township" || unit.level == "department" ? "党委会议" : "党委常委会会议";
}

struct Figures {
  int found = 0;
  int rectified = 0;
};

Figures figures(const org::Unit& unit, Chance& chance) {
  const bool large = unit.level == "county" || unit.level == "city";
  const int found = large ? chance.between(24, 96) : chance.between(3, 21);
  return {found, std::max(0, found - chance.between(0, 1 + found / 6))};
}

std::string arrangements(const org::Unit& unit, Chance& chance) {
  const auto meeting = std::string(meeting_of(unit));
  const std::string study = "年初召开" + meeting + "专题研究全面从严治党和党风廉政建设工作，" +
                            "印发年度工作要点和责任分工，将任务分解为" + many(chance, 18, 46) + "项，逐项明确责任人和时限。";
  static constexpr Ways kThen = {
      "主要负责人与班子成员、班子成员与分管单位负责人逐级谈话明责，压力传导到末端。",
      "每季度听取一次责任落实情况汇报，对进度滞后的事项现场交办。",
      "结合岗位职责梳理权力清单和风险点，分级制定防控措施并张榜公开。",
      "把责任落实情况纳入年度综合考核，与评先评优直接挂钩。"};
  return study + one_of(kThen, chance) + "全年召开专题会议" + many(chance, 3, 9) + "次。";
}

std::string fulfilment(const org::Unit& unit, int year, Chance& chance) {
  const auto& field = field_of(unit);
  const auto work = std::string(field.work);
  if (supervises(unit)) {
    return "聚焦" + work + "开展监督检查" + many(chance, 6, 32) + "次，围绕" + std::string(field.risks) +
           "列出监督清单；发出纪检监察建议" + many(chance, 1, 7) + "份，督促完善制度" + many(chance, 1, 9) +
           "项；运用第一种形态谈话提醒" + many(chance, 4, 40) + "人次；向同级党组织通报情况并提出意见建议" +
           many(chance, 2, 6) + "次。";
  }
  return std::to_string(year) + "年，紧盯" + work + "这一重点，排查廉政风险点" + many(chance, 12, 60) + "个，围绕" +
         std::string(field.risks) + "制定防控措施" + many(chance, 20, 80) + "条；开展警示教育" + many(chance, 2, 8) +
         "场、廉政党课" + many(chance, 2, 6) + "次，受教育" + many(chance, 60, 900) + "人次；支持纪检监察机构依规履职，" +
         "班子成员开展廉政谈话" + many(chance, 10, 70) + "人次。";
}

std::string problems(const org::Unit& unit, const Figures& figures, Chance& chance) {
  static constexpr Ways kAlso = {"二是压力传导逐级递减，个别基层负责人“一岗双责”意识不强。",
                                 "二是监督检查重部署轻跟踪，有的问题整改后出现反弹。",
                                 "二是教育形式较为单一，针对年轻干部的案例教育不够。",
                                 "二是制度执行不够严格，少数事项存在先办后批。"};
  return "全年自查和上级反馈问题" + std::to_string(figures.found) + "个。一是" + std::string(field_of(unit).case_) +
         "；" + one_of(kAlso, chance);
}

std::string rectification(const org::Unit& unit, const Figures& figures, Chance& chance) {
  static constexpr Ways kAlso = {"对整改不力的单位下发督办单，约谈负责人。", "班子成员分片包保，按月调度整改进度。",
                                 "邀请服务对象代表评议整改成效。", "对整改完成事项组织“回头看”，防止反弹。"};
  const auto done = "已整改" + std::to_string(figures.rectified) + "个，";
  const int left = figures.found - figures.rectified;
  const auto rest = left == 0 ? std::string("全部销号。") : "其余" + std::to_string(left) + "个正按时限推进。";
  return done + rest + "针对突出问题，" + std::string(field_of(unit).remedy) + "；" + one_of(kAlso, chance);
}

std::string next_steps(const org::Unit& unit, int year, Chance& chance) {
  static constexpr Ways kSteps = {
      "健全责任清单动态调整机制，完善述责述廉和考核办法。", "推动监督关口前移，重要节点提前提醒、过程抽查。",
      "深化以案促改，编印本系统典型案例，开展分层分类警示教育。", "加强基层力量，对新任负责人开展任前廉政谈话和业务培训。"};
  return std::to_string(year + 1) + "年，围绕" + std::string(field_of(unit).work) + "持续压实责任。" +
         one_of(kSteps, chance) + "对未完成的整改事项逐月调度，年中组织一次专项检查。";
}

}  // namespace

std::string document_number(const org::Unit& unit, int year, Chance& chance) {
  return unit.short_name + "〔" + std::to_string(year) + "〕" + many(chance, 1, 19) + "号";
}

base::Json report_on(const org::Unit& unit, int year, base::Date deliberated, Chance& chance) {
  const auto counted = figures(unit, chance);
  const std::chrono::year_month_day on(deliberated);
  const auto day = std::to_string(base::year_of(deliberated)) + "年" +
                   std::to_string(static_cast<unsigned>(on.month())) + "月" +
                   std::to_string(static_cast<unsigned>(on.day())) + "日";
  return {{"document_number", document_number(unit, base::year_of(deliberated), chance)},
          {"arrangements", arrangements(unit, chance)},
          {"fulfilment", fulfilment(unit, year, chance)},
          {"problems", problems(unit, counted, chance)},
          {"rectification", rectification(unit, counted, chance)},
          {"next_steps", next_steps(unit, year, chance)},
          {"problems_found", counted.found},
          {"problems_rectified", counted.rectified},
          {"approved_meeting", day + std::string(meeting_of(unit))}};
}

std::string minutes_of(const org::Unit& unit, int year, Chance& chance) {
  return unit.name + std::string(meeting_of(unit)) + "纪要（摘要）\n\n议题：审议" + std::to_string(year) +
         "年度责任落实情况报告。\n会议听取了报告起草情况说明，逐段讨论，提出修改意见" + many(chance, 1, 6) +
         "条。\n会议认为，报告对问题的分析符合实际，同意按修改意见完善后报送；请各分管负责人对照“下步打算”抓好落实。\n";
}

std::string returned_by_head(Chance& chance) {
  static constexpr Ways kWays = {"问题部分写得太笼统，请补充具体事例和整改时限。", "数据与年中通报口径不一致，请与相关科室核对后再送。",
                                 "下步打算缺少可检查的措施，请压实到责任科室。", "篇幅偏长，请压减一般性工作表述，突出责任落实。"};
  return one_of(kWays, chance);
}

std::string returned_by_recipient(Chance& chance) {
  static constexpr Ways kWays = {"未附班子集体审议情况，请补充后重新报送。", "问题整改情况与巡察反馈台账不符，请核实更正。",
                                 "缺少追责问责情况表述，请补正。", "发现问题数与正文叙述不一致，请核对。"};
  return one_of(kWays, chance);
}

std::string reason_for_lateness(Chance& chance) {
  static constexpr Ways kWays = {"主要负责人调整，交接期间未能按时审签。", "因承办人病休，材料汇总滞后。", "等待巡察整改数据核定，报送延迟。",
                                 "班子会议改期，审议推迟。"};
  return one_of(kWays, chance);
}

std::string opinion(Chance& chance) {
  static constexpr Ways kWays = {"同意。", "同意，建议在“存在问题”中点明责任科室。", "无不同意见。", "同意报送，相关数据已核对。"};
  return one_of(kWays, chance);
}

std::string dissent(Chance& chance) {
  static constexpr Ways kWays = {"整改完成数偏高，两个项目尚未验收，不宜计为已整改，保留意见。", "对问题成因分析不认同，建议补充监管责任，保留意见。",
                                 "涉及我单位的表述与事实不符，未修改前不予会签。", "措施缺少资金保障安排，建议暂缓。"};
  return one_of(kWays, chance);
}

std::string comment(Chance& chance) {
  static constexpr Ways kWays = {"数据以12月31日台账为准。", "第三部分请与机关党委的材料统一口径。", "已电话核实，整改销号证明随附件上传。",
                                 "请注意字数，主报告控制在四千字以内。"};
  return one_of(kWays, chance);
}

std::string urging(Chance& chance) {
  static constexpr Ways kWays = {"报告已送达两个工作日，请及时签收。", "因归档需要，请今日内签收。", "请收文人员查收并签收。",
                                 "已超过签收期限，请尽快办理。"};
  return one_of(kWays, chance);
}

std::string reason_for_correction(Chance& chance) {
  static constexpr Ways kWays = {"复核发现已整改问题数统计有误，更正后重报。", "附注中单位名称有误，更正。", "巡察整改销号数据更新，据实更正。",
                                 "发文字号登记有误，更正。"};
  return one_of(kWays, chance);
}

std::string demand(Chance& chance) {
  static constexpr Ways kWays = {"请核对问题台账和整改销号数。", "请补充本年度谈话提醒人次。", "请阅，并就涉及分管领域的内容提出意见。",
                                 "请按党组会议意见修改第二部分。"};
  return one_of(kWays, chance);
}

}  // namespace zeren::demo
