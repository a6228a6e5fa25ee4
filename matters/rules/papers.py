"""What may be demanded: 证明 on the list, nothing obtainable by e-licence, basis (§10 B15-B19)."""

from collections.abc import Collection, Iterator

from matters.models.proof import unlisted_proofs
from matters.rules.gap import Gap, Guide

VAGUE = ("相关材料", "其他材料", "有关材料", "其他相关材料", "等材料")


def check_e_licences(guide: Guide) -> Iterator[Gap]:
    """What an e-licence replaces is not demanded (在线政务服务规定 art. 7, §10.16)."""
    for material in guide["materials"]:
        if material["paper_e_licence"] and not material["e_licence"]:
            yield Gap(
                "e_licence_demanded",
                "mat",
                f"“{material['name']}”可用电子证照“{material['paper_e_licence']}”代替，"
                "请填写可用电子证照，免群众提交。",
                blocking=False,
                field=f"materials.{material['key']}.e_licence",
            )


def check_names(guide: Guide) -> Iterator[Gap]:
    """A material is named in full: 兜底 items may not be demanded (优化营商环境条例 art. 41)."""
    for material in guide["materials"]:
        if material["name"].endswith(VAGUE):
            message = f"“{material['name']}”不是具体的材料，请写全称或删去。"
            yield Gap("vague_material", "mat", message, field=f"materials.{material['key']}.name")


def check_bases(guide: Guide) -> Iterator[Gap]:
    """Each material states the article that demands it (§10.15); one gap for all of them."""
    lacking = [row["name"] for row in guide["materials"] if not row["waived"] and not row["basis"]]
    if lacking:
        message = f"有 {len(lacking)} 项材料没有写要求提供的依据，例如“{lacking[0]}”。"
        yield Gap("material_without_basis", "mat", message, blocking=False, field="materials.basis")


def check_proofs(guide: Guide, listed: Collection[str]) -> Iterator[Gap]:
    """A material called 证明 stands in the 证明事项清单 (条例 art. 44, §10.19)."""
    keys = {material["name"]: material["key"] for material in guide["materials"]}
    for name in unlisted_proofs(guide["materials"], listed):
        yield Gap(
            "proof_not_listed",
            "mat",
            f"“{name}”不在证明事项清单里，不能要求提供。请先列入清单，或删去这项材料。",
            blocking=False,
            field=f"materials.{keys[name]}.name",
        )


CHECKS = (check_e_licences, check_names, check_bases)
