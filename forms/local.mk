# forms: files that an office may change without a compiler. Only data; src/form reads it.
nobase_dist_pkgdata_DATA += \
	forms/banks/csv.yaml forms/banks/fen.yaml forms/banks/shuxian.yaml \
	forms/blocks/bank.yaml forms/blocks/carer.yaml forms/blocks/contact.yaml \
	forms/blocks/decision.yaml forms/blocks/declaration.yaml forms/blocks/guardian.yaml \
	forms/blocks/housing.yaml forms/blocks/intake.yaml forms/blocks/member.yaml \
	forms/blocks/publicity.yaml forms/blocks/referral.yaml forms/blocks/relation.yaml \
	forms/blocks/visit.yaml \
	forms/blocks/visitor.yaml \
	forms/rules/benefits.yaml forms/rules/care.yaml forms/rules/ended.yaml \
	forms/amounts.yaml forms/codes.yaml forms/indicators.yaml forms/dibao.yaml forms/ertong.yaml forms/person.yaml forms/tanfang.yaml \
	forms/tekun.yaml forms/visit_child.yaml forms/visit_elder.yaml forms/workdays.csv
