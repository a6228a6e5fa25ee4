"""Characters that are mistaken for each other: traditional forms and look-alikes.

`simplified` and `shape` give every character one form to compare. Homophones need no table:
they are compared by pinyin (`matters.search.sounds`).
"""

#: traditional → simplified, for the characters of everyday licensing words
_TRADITIONAL = (
    "開开 飯饭 館馆 證证 護护 業业 註注 冊册 執执 營营 許许 經经 藥药 醫医 師师 學学 車车 "
    "電电 動动 場场 廣广 貨货 運运 輸输 鋪铺 網网 遊游 導导 劇剧 團团 樂乐 戲戏 書书 報报 "
    "廳厅 賓宾 點点 麵面 雞鸡 魚鱼 豬猪 貓猫 獸兽 養养 檢检 寵宠 種种 農农 樹树 園园 綠绿 "
    "佔占 掛挂 燈灯 條条 傢家 裝装 築筑 設设 計计 審审 驗验 圖图 塊块 樓楼 門门 龍龙 龜龟 "
    "氣气 壓压 鍋锅 爐炉 機机 險险 勞劳 務务 職职 訓训 練练 紹绍 獵猎 頭头 記记 賬账 帳账 "
    "稅税 發发 髮发 髪发 額额 專专 賣卖 買买 煙烟 菸烟 鎮镇 鄉乡 區区 縣县 國国 灣湾 臺台 "
    "簽签 邊边 戶户 遷迁 儀仪 墳坟 會会 協协 聯联 組组 織织 廟庙 觀观 眾众 禮礼 體体 賽赛 "
    "競竞 巖岩 淨净 衛卫 飲饮 療疗 診诊 產产 婦妇 嬰婴 兒儿 輻辐 攝摄 線线 牆墙 鋼钢 鐵铁 "
    "銀银 庫库 槍枪 竄窜 劑剂 驅驱 蟲虫 壩坝 溝沟 隨随 離离 陽阳 陰阴 預预 備备 變变 補补 "
    "換换 銷销 轉转 讓让 認认 資资 質质 級级 訂订 單单 據据 採采 礦矿 糞粪 處处 廢废 棄弃 "
    "滅灭 災灾 勢势 舊旧 歷历 蹟迹 跡迹 標标 誌志 誰谁 這这 個个 請请 問问 麼么 辦办 嗎吗 "
    "還还 與与 無无 為为 於于 後后 從从 來来 對对 時时 間间 過过 東东 馬马 鳥鸟 長长 風风 "
    "飛飞 頁页 黃黄 齊齐 齡龄 顧顾 顏颜 類类 願愿 響响 項项 須须 領领 頻频 題题 餘余 餅饼 "
    "饅馒 騎骑 駕驾 駛驶 驢驴 魯鲁 鮮鲜 麗丽 麥麦 齒齿 鐘钟 鑰钥 錄录 鏡镜 鍵键 銅铜 釣钓 "
    "鎖锁 陳陈 陸陆 隊队 階阶 際际 隱隐 雜杂 雙双 難难 雲云 靈灵 靜静 順顺 髒脏 鬆松 鬥斗 "
    "億亿 價价 償偿 優优 兩两 劃划 創创 勝胜 勵励 勻匀 匯汇 啟启 喪丧 嚴严 壞坏 壘垒 壯壮 "
    "夾夹 奪夺 奬奖 實实 寫写 寬宽 將将 屆届 層层 屬属 島岛 峽峡 幣币 幫帮 幹干 張张 強强 "
    "彈弹 彙汇 徑径 復复 徵征 應应 懷怀 懸悬 戰战 拋抛 挾挟 掃扫 揚扬 損损 搖摇 搶抢 撥拨 "
    "擇择 擔担 擴扩 擺摆 攔拦 攤摊 敗败 數数 斷断 暫暂 曆历 橋桥 檔档 櫃柜 權权 歸归 殘残 "
    "殺杀 決决 沒没 況况 洩泄 淚泪 減减 渦涡 測测 滬沪 漁渔 潔洁 澤泽 濟济 濱滨 灑洒 灘滩 "
    "獎奖 獨独 獲获 現现 瑪玛 環环 瓊琼 畫画 異异 癒愈 盜盗 盡尽 監监 盤盘 確确 碼码 磚砖 "
    "禦御 稱称 穀谷 積积 穩稳 窮穷 筆笔 節节 範范 簡简 籃篮 糧粮 糾纠 紀纪 約约 紅红 納纳 "
    "紙纸 紛纷 細细 終终 結结 給给 統统 絲丝 緊紧 維维 綜综 編编 緩缓 縮缩 總总 繳缴 繼继 "
    "續续 罰罚 聖圣 聞闻 聲声 聽听 肅肃 腦脑 腳脚 臉脸 臨临 興兴 舉举 艦舰 莊庄 華华 萬万 "
    "葉叶 藝艺 藍蓝 蘭兰 蝦虾 術术 衝冲 裏里 裡里 製制 複复 規规 視视 親亲 覺觉 訊讯 討讨 "
    "託托 訪访 評评 詢询 試试 詩诗 話话 該该 詳详 誤误 說说 課课 調调 談谈 論论 諮咨 講讲 "
    "識识 譜谱 譯译 議议 讀读 貝贝 財财 責责 貧贫 購购 貿贸 貸贷 費费 賀贺 賞赏 賠赔 賴赖 "
    "贈赠 贊赞 趕赶 趙赵 踐践 軍军 軌轨 軟软 載载 輛辆 輪轮 輔辅 逕径 連连 週周 進进 遲迟 "
    "遺遗 選选 郵邮 釋释 針针 錢钱 錯错 鑒鉴 閉闭 閑闲 閱阅 關关"
).split()
_SIMPLE = {pair[0]: pair[1] for pair in _TRADITIONAL}

#: groups of characters that look alike; every member is compared as the first
_ALIKE = (
    "士土 未末 己已巳 人入 大太犬 天夫无 千干于 日曰 口囗 贝见 午牛 刀力 今令 免兔 鸟乌 "
    "折拆析 住往佳 侯候 竟竞 经轻径 官宫 货贷 辨辩辫 没设 治冶 冷泠 晴睛 清请情 拔拨 戊戌戍 "
    "茶荼 微徽 遣遗 析折 即既 抢枪 枚玫 钧钩 崇祟 券卷 赢羸 喧暄 梁粱 栗粟 准淮 泪汨 洒酒 "
    "怃抚 抄炒 坏环 怀坏 陪赔 培倍 梯剃 挠浇烧 绕饶 渣碴 填镇 慎填 掘倔 讯迅汛 汽气 园圆 "
    "图团 园国 因囚困 间问闲 门们 阀伐 院完 宾兵 店点 馆管 饭版 板版 药约 医匠 师帅 护沪 "
    "驾架 驻住 校较 检捡险 验脸 殓脸 险验 洁结 诘洁 绍招 绐给 执热 势执 证征 许午 可司 司同 "
    "同回 旅族 社杜 杜肚 导异 演渲 出击 场扬 杨扬 汤场 网冈 咖珈 影彰 剧居 放效 教数 数敷 "
    "卖买 烟咽 草早 章意 刻克 公么 安按 保宝 摆罢 摊滩 推堆 搭塔 拾捨 挂桂 横黄 幅辐副 福幅 "
    "牌碑 招昭 广厂 告吉 渔鱼 鲁鱼 宠庞 龙尤 猫描 狗拘 针什 疫役 兽单 苗笛 种钟 籽仔 农衣 "
    "炮泡 跑炮 饱炮 花化 爆暴 烛独 毒每 麻床 醉碎 精清 神伸 品晶 械诫 器嚣 眼眠 隐稳 形刑 "
    "电申 甲由 由田 申由 叉又 锅祸 炉护 升开 降绛 吊吕 起超 重童 机杌 失矢 丢去 换唤 补扑 "
    "朴补 延廷 延诞 续读 变恋 更吏 销消 注住 册删 户卢 迁千 籍藉 簿薄 本木 木术 照昭 港巷 "
    "澳奥 合台 签鉴 边过 建健 键健 筑巩 施拖 工土 程呈 质贯 监盐 督誓 竣俊 审申 查香 规现 "
    "视现 划刘 地他 环怀 境镜 影景 响晌 污汗 排挑 水永 泳永 井并 河何 堤提 洪供 劳荣 务备 "
    "派抓 遣追 职织 训川 练炼 介个 猎措 资姿 源原 愿原 会云 计汁"
).split()


def _classes() -> dict[str, str]:
    """Each look-alike → the first member of the first group it stands in, joined over groups."""
    first: dict[str, str] = {}
    for group in _ALIKE:
        leader = next((first[c] for c in group if c in first), group[0])
        for character in group:
            first.setdefault(character, leader)
    return first


_LEADER = _classes()
_TO_SIMPLE = str.maketrans(_SIMPLE)
_TO_SHAPE = str.maketrans(_LEADER)


def simplified(text: str) -> str:
    """`text` with traditional characters of the table written simplified."""
    return text.translate(_TO_SIMPLE)


def shape(text: str) -> str:
    """`text` with every look-alike replaced by the leader of its group; equal shapes look alike."""
    return text.translate(_TO_SHAPE)
