# forms: files that an office may change without a compiler. Only data; src/form reads it.
nobase_dist_pkgdata_DATA += \
	forms/amounts.yaml forms/banks/csv.yaml forms/banks/fen.yaml forms/banks/shuxian.yaml forms/banks/xuhao.yaml \
	forms/bianyuan.yaml forms/blocks/aided.yaml forms/blocks/bank.yaml forms/blocks/carer.yaml \
	forms/blocks/contact.yaml forms/blocks/decision.yaml forms/blocks/declaration.yaml \
	forms/blocks/extra.yaml forms/blocks/family.yaml forms/blocks/guarantee.yaml \
	forms/blocks/guardian.yaml forms/blocks/home.yaml forms/blocks/housing.yaml \
	forms/blocks/intake.yaml forms/blocks/means.yaml forms/blocks/member.yaml \
	forms/blocks/members.yaml forms/blocks/publicity.yaml forms/blocks/pupil.yaml \
	forms/blocks/referral.yaml forms/blocks/relation.yaml forms/blocks/visit.yaml \
	forms/blocks/visitor.yaml forms/codes.yaml forms/death_list.yaml forms/dibao.yaml \
	forms/ertong.yaml forms/gangxing.yaml forms/gaoling.yaml forms/indicators.yaml \
	forms/kunjing.yaml forms/liangbu.yaml forms/linshi.yaml forms/liushou.yaml forms/person.yaml \
	forms/rules/benefits.yaml forms/rules/care.yaml forms/rules/ended.yaml forms/tanfang.yaml \
	forms/systems/shili_laoren.csv forms/tekun.yaml forms/visit_child.yaml forms/visit_elder.yaml forms/workdays.csv
