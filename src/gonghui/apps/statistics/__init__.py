"""Forms 统计调查 and 月报表: sent down, prefilled from records, checked, summed level by level."""
