"""What a title says a page is when it is no report: an advertisement, news of a meeting."""

from __future__ import annotations

import re
from typing import Final

_ABOUT: Final = (
    "招聘|招考|招录|招募|遴选|选调|录用|聘用|面试|笔试|体检|考察对象|任前|招标|中标|采购|成交|比选|磋商|拍卖|出让|竞买"
    "|招租|征集|征求意见|听证|评标|资格审查|行政处罚|行政许可|注销|遗失"
)
# 2025年公开招聘…人员公告   某项目中标结果公示
_NOTICE: Final = re.compile(
    rf"(?P<about>{_ABOUT}).{{0,30}}(?:公告|公示|启事|简章|通告)(?:[（(][^（）()]*[）)])?$"
)
# 县政府第38次常务会议召开   重点项目观摩会举行
_MEETING: Final = re.compile(
    r"会议?(?:第[^，。]{1,8}次会议)?(?:在.{1,10})?(?P<about>召开|举行|举办|开幕|闭幕)$"
)
# 关于印发《某县督查工作考核办法（试行）》的通知   某市行政执法监督条例; 关于落实八项规定的… speaks of one
_RULES: Final = re.compile(
    r"^(?!.*(?:贯彻|落实|执行)).*(?P<about>办法|细则|规定|条例|规则|准则)"
    r"(?:[（(](?:试行|暂行|修订|修正|草案)[^（）()]{0,12}[）)])?[》”]?(?:的(?:通知|公告|决定|函))?$"
)
_REPORT: Final = re.compile("整改|完成情况|落实情况|进展情况|办理情况")


def other_genre(title: str) -> str | None:
    """The word by which a title names another kind of page than a report; None for any other title.

    >>> other_genre("某区2025年公开招聘工作人员公告"), other_genre("县政府第38次常务会议召开")
    ('招聘', '召开')
    >>> other_genre("关于印发《某县督查工作考核办法（试行）》的通知")
    '办法'
    >>> other_genre("关于政府采购问题整改情况的公告") is None
    True
    """
    if _REPORT.search(title):
        return None
    match = _NOTICE.search(title) or _MEETING.search(title) or _RULES.search(title)
    return match["about"] if match else None
