"""The system of cells: every count of every table, and every row that says what adds up."""
