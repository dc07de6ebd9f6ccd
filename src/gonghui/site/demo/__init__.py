"""The demo city 安澜市: invented bodies, people, plans and a year of progress, for showing."""
