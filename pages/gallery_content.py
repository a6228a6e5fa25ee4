"""Examples for the gallery page: what each component is given in real use."""

PROSE = """## 先看这里

许可证快到期了，可以在网上办延续。到期前 30 个工作日内提交。

- 经营地址没有变
- 经营项目没有增加

1. 在[搜索](/s/)里输入“食品经营许可”
2. 选“许可延续”"""

FACTS = [{"label": "时限", "value": "3 个工作日"}, {"label": "跑动", "value": "不用跑"}]

EXAMPLES = {
    "crumbs": [{"label": "企业办事", "url": "/faren/"}, {"label": "食品经营许可", "url": ""}],
    "tags": [
        {"label": "行政许可", "variant": ""},
        {"label": "全程网办", "variant": "info", "icon": "globe-alt"},
        {"label": "免交", "variant": "ok", "icon": "check"},
        {"label": "可容缺", "variant": "warn"},
        {"label": "已停办", "variant": "err", "icon": "no-symbol"},
        {"label": "特殊环节", "variant": "accent"},
    ],
    "clocks": [{"days": 5}, {"days": 1}, {"days": 0}, {"days": -1}],
    "facts": [
        {"label": "承诺办结", "value": "3 个工作日", "sub": "从受理次日起算", "icon": "clock"},
        {"label": "法定办结", "value": "10 个工作日", "icon": "scale"},
        {"label": "跑动次数", "value": "不用跑", "sub": "全程网办", "icon": "map-pin"},
        {"label": "收费", "value": "不收费", "icon": "banknotes"},
        {
            "label": "材料",
            "value": "6 份",
            "sub": "其中 2 份免交",
            "icon": "document-duplicate",
        },
    ],
    "action": {"label": "开始自测", "url": "#check"},
    "cards": [
        {
            "title": "食品经营许可",
            "url": "#card-1",
            "text": "开饭店、奶茶店、食堂、食品店，开业前办。",
            "facts": [
                {"label": "时限", "value": "3 个工作日"},
                {"label": "跑动", "value": "不用跑"},
            ],
            "tags": [{"label": "可容缺", "variant": "warn"}],
        },
        {
            "title": "护士执业注册",
            "url": "#card-2",
            "text": "护士首次上岗、换单位、延续注册。",
            "facts": [{"label": "时限", "value": "2 个工作日"}, {"label": "收费", "value": "免费"}],
        },
    ],
    "links": [
        {"label": "准营准办", "url": "#l1", "count": 47, "icon": "building-storefront"},
        {"label": "工程建设", "url": "#l2", "count": 43, "icon": "wrench-screwdriver"},
        {"label": "医疗卫生", "url": "#l3", "count": 13, "icon": "heart"},
        {"label": "知识产权", "url": "", "count": 0, "icon": "light-bulb"},
    ],
    "groups": [
        {
            "legend": "办理形式",
            "name": "mode",
            "kind": "checkbox",
            "options": [
                {"value": "online", "label": "全程网办", "count": 173, "checked": True},
                {"value": "window", "label": "窗口办理", "count": 176},
            ],
        },
        {
            "legend": "部门",
            "name": "agency",
            "kind": "select",
            "options": [
                {"value": "", "label": "全部部门"},
                {"value": "a", "label": "区市场监管局", "count": 16},
            ],
        },
    ],
    "chips": [{"label": "全程网办", "remove_url": "#filter"}],
    "columns": ["材料名称", "要求", "怎么来"],
    "rows": [
        ["食品经营许可申请书", "电子件 1 份", "自己填"],
        ["营业执照", "复印件 1 份，免交", "系统查电子证照"],
        ["经营布局和操作流程", "电子件 1 份", "自备"],
    ],
    "steps": [
        {
            "title": "受理",
            "text": "材料不齐，一次告诉您补什么。",
            "who": "区政务服务办窗口",
            "time": "当场",
        },
        {
            "title": "现场核查",
            "text": "到店里看布局和设施。",
            "who": "区市场监管局",
            "time": "1 个工作日",
            "special": True,
            "counted": False,
        },
        {"title": "审查", "who": "审批科", "time": "1 个工作日"},
        {"title": "决定", "who": "分管负责人", "time": "1 个工作日"},
        {"title": "送达", "text": "电子证照即时生成。", "who": "出件窗口", "time": "当场"},
    ],
    "details": [
        {"summary": "外卖店也要办吗？", "text": "要办。没有堂食也属于餐饮服务。", "open": True},
        {"summary": "证到期前多久能办延续？", "text": "到期前 30 个工作日内。"},
    ],
    "contents": [{"label": "受理条件", "id": "cond"}, {"label": "申请材料", "id": "mat"}],
    "actions": [
        {"label": "在线办理", "url": "#go", "kind": "primary"},
        {"label": "下载材料清单", "url": "#list", "kind": "secondary"},
        {"label": "看办事指南", "url": "#guide", "kind": "quiet"},
    ],
    "summary": [
        {"label": "谁来办", "value": "本人办", "change_url": "#q1"},
        {"label": "咨询电话", "value": ""},
    ],
    "options": [
        {"value": "self", "label": "本人办", "checked": True},
        {"value": "other", "label": "委托别人办", "help": "要带委托书和双方身份证件"},
    ],
    "definitions": [
        {"term": "容缺受理", "meaning": "差一份次要材料也先收，约定时间补交。"},
        {"term": "告知承诺", "meaning": "先书面承诺符合条件，当场办，办完再核查。"},
    ],
}
