-- The newest runs of a tenant as an operator looks at them.
select * from kandji.run_status where tenant = :tenant order by slot desc limit :most
